import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { classes } from './classes.ts';
import { isTouch } from './touch.ts';

export interface DialogProps {
  isOpen: boolean;
  onClose(): void;
  title: ReactNode;
  description?: ReactNode;
  /** The name of the cross. */
  closeLabel: string;
  children?: ReactNode;
  /** Buttons, the decisive one last. */
  actions?: ReactNode;
  size?: 'small' | 'medium' | 'large';
}

const fields =
  ':is(input:not([type=checkbox], [type=radio], [type=range], [type=file]), textarea, select, [role=application]):not(:disabled, [readonly])';

const widths = { small: 'max-w-100', medium: 'max-w-130', large: 'max-w-200' } as const;

/** On a phone a sheet from below, else in the middle. Keeps the focus within, gives it back at the end. */
export function Dialog(props: DialogProps) {
  const { isOpen, onClose, title, description, closeLabel, children, actions } = props;
  const body = useRef<HTMLDivElement>(null);
  /** What is written into or moved by keys, where one would not have to bring up a keyboard for it; else Base UI finds the first. */
  const firstField = () =>
    (isTouch() ? null : body.current?.querySelector<HTMLElement>(fields)) ?? true;
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-20 bg-backdrop transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-20 grid items-end justify-items-center overflow-hidden sm:items-center sm:p-6">
          <Base.Popup
            initialFocus={firstField}
            className={classes(
              'safe-foot flex max-h-[92dvh] w-full flex-col rounded-t-2xl bg-raised text-ink shadow-dialog outline-none transition-[opacity,translate] data-ending-style:translate-y-1 data-ending-style:opacity-0 data-starting-style:translate-y-1 data-starting-style:opacity-0 sm:rounded-xl sm:pb-0',
              widths[props.size ?? 'medium'],
            )}
          >
            <header className="flex items-start gap-3 px-5 pt-4 pb-3">
              <div className="min-w-0 flex-1">
                <Base.Title className="own-direction wrap-anywhere pt-0.5 font-semibold text-lg">
                  {title}
                </Base.Title>
                {description && (
                  <Base.Description className="wrap-anywhere text-muted text-sm">
                    {description}
                  </Base.Description>
                )}
              </div>
              <Base.Close
                aria-label={closeLabel}
                className="-me-1.5 grid size-8 pointer-coarse:-my-1.5 pointer-coarse:-me-3 pointer-coarse:size-11 shrink-0 place-items-center rounded-md text-faint hover:bg-hover hover:text-ink"
              >
                <X className="size-4" aria-hidden="true" />
              </Base.Close>
            </header>
            <div ref={body} className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">
              {children}
            </div>
            {actions && (
              <footer className="flex justify-end gap-2 border-line border-t px-5 py-3">
                {actions}
              </footer>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
