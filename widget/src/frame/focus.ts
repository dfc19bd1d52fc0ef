const FOCUSABLE =
  'button:not(:disabled),a[href],textarea:not(:disabled),[tabindex]:not([tabindex="-1"])';

/** Tab goes round within the chat: out of it lead Escape and the close button. */
export function keepFocusWithin(root: HTMLElement, event: KeyboardEvent): void {
  const stops = [...root.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (each) => each.tabIndex >= 0 && each.offsetParent !== null,
  );
  const [first, last] = [stops[0], stops.at(-1)];
  const { activeElement: current } = document;
  const isOutside = !root.contains(current);
  if (event.shiftKey ? current === first || isOutside : current === last || isOutside) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}

/** Where a finger writes, focus would raise the keyboard unasked. */
export const hasKeyboard = () => !matchMedia('(hover: none) and (pointer: coarse)').matches;
