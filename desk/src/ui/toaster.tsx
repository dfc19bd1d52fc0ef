import { Toast as Base } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useEffect } from 'react';
import { classes } from './classes.ts';
import { manager, openCorner } from './toast.ts';

/** The corner where messages appear, over the lists and never over what is being written; once in the app. Fetched after the first screen, which needs none. */
export function Toaster({ label, closeLabel }: { label: string; closeLabel: string }) {
  useEffect(openCorner, []);
  return (
    <Base.Provider toastManager={manager} limit={3}>
      <Base.Portal>
        <Base.Viewport
          aria-label={label}
          className="fixed end-3 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] start-3 z-40 flex flex-col gap-2 outline-none sm:start-16 sm:end-auto sm:bottom-[calc(1rem+env(safe-area-inset-bottom))] sm:w-84"
        >
          <Messages closeLabel={closeLabel} />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

const icons = { neutral: Info, positive: CircleCheck, danger: CircleAlert } as const;
const colors = {
  neutral: 'text-faint',
  positive: 'text-positive-text',
  danger: 'text-danger-text',
} as const;

function Messages({ closeLabel }: { closeLabel: string }) {
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => {
    const tone = (toast.type ?? 'neutral') as keyof typeof icons;
    const Icon = icons[tone];
    return (
      <Base.Root
        key={toast.id}
        toast={toast}
        className="w-full rounded-lg bg-raised text-ink shadow-dialog transition-[opacity,translate] data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
      >
        <Base.Content className="flex items-start gap-2.5 p-3">
          <Icon aria-hidden="true" className={classes('mt-0.5 size-4 shrink-0', colors[tone])} />
          <div className="min-w-0 flex-1 break-words">
            <Base.Title className="font-medium text-base" />
            <Base.Description className="text-muted text-sm" />
          </div>
          {toast.actionProps && (
            <Base.Action className="h-6 pointer-coarse:-my-2 pointer-coarse:h-10 rounded-md px-2 font-medium text-accent-text text-sm hover:bg-hover" />
          )}
          <Base.Close
            aria-label={closeLabel}
            className="-m-1 pointer-coarse:-m-2 grid size-7 pointer-coarse:size-10 place-items-center rounded-md text-faint hover:bg-hover hover:text-ink"
          >
            <X className="size-3.5" aria-hidden="true" />
          </Base.Close>
        </Base.Content>
      </Base.Root>
    );
  });
}
