import type { ReactNode } from 'react';
import { useFirstScreen } from '../ui/fetched-later.tsx';
import { DocumentTitle } from './document-title.tsx';

export interface PageProps {
  title: string;
  text?: string;
  actions?: ReactNode;
  /** Two columns stand beside one another. */
  isWide?: boolean;
  children: ReactNode;
}

/** A page beside the conversations: heading, what it is for, its content in one calm column. */
export function Page({ title, text, actions, isWide = false, children }: PageProps) {
  useFirstScreen();
  return (
    <main
      id="content"
      aria-label={title}
      tabIndex={-1}
      className="relative min-w-0 flex-1 overflow-y-auto bg-surface outline-none"
    >
      <DocumentTitle page={title} />
      <div
        className={`mx-auto w-full px-4 pt-6 pb-16 sm:px-8 sm:pt-9 ${isWide ? 'max-w-280' : 'max-w-190'}`}
      >
        <header className="mb-6">
          <div className="flex min-h-8 items-center justify-between gap-4">
            <h1 className="wrap-anywhere min-w-0 font-semibold text-xl tracking-tight">{title}</h1>
            {actions}
          </div>
          {text && <p className="wrap-anywhere mt-0.5 line-clamp-3 max-w-160 text-muted">{text}</p>}
        </header>
        {children}
      </div>
    </main>
  );
}
