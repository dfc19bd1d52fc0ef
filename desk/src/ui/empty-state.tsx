import type { ReactNode } from 'react';

export interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  /** What to do next. */
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="m-auto flex max-w-80 flex-col items-center gap-1 px-6 py-12 text-center">
      {icon && (
        <div
          aria-hidden="true"
          className="mb-2 grid size-11 place-items-center rounded-full bg-hover text-faint [&_svg]:size-5"
        >
          {icon}
        </div>
      )}
      <p className="font-medium text-base text-ink">{title}</p>
      {children && <div className="text-balance text-muted text-sm">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
