import { Toast as Base } from '@base-ui/react/toast';

/** What {@link showToast} says to; the corner listens to it. */
export const manager = Base.createToastManager();

export interface ToastMessage {
  tone?: 'neutral' | 'positive' | 'danger';
  title: string;
  description?: string;
  /** A way out, such as Undo. */
  action?: { label: string; onSelect(): void };
}

const { promise: corner, resolve: open } = Promise.withResolvers<void>();

/** The corner is there: what was said before appears in it now. */
export const openCorner = (): void => open();

/** Shows a message in the corner for a while; what went wrong stays longer and is read out at once. */
export function showToast({ tone = 'neutral', title, description, action }: ToastMessage): void {
  let id = '';
  const toast = {
    type: tone,
    title,
    ...(description !== undefined && { description }),
    priority: tone === 'danger' ? ('high' as const) : ('low' as const),
    timeout: tone === 'danger' || action ? 9_000 : 4_500,
    ...(action && {
      actionProps: {
        children: action.label,
        onClick: () => {
          // Done once, it isn't offered again.
          manager.close(id);
          action.onSelect();
        },
      },
    }),
  };
  void corner.then(() => {
    id = manager.add(toast);
  });
}
