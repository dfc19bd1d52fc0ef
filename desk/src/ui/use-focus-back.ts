import { type RefObject, useEffectEvent, useLayoutEffect, useRef } from 'react';

/**
 * What a popup of Base UI needs to give the focus to `target` when it closes: at once and not when it has faded,
 * so that no key goes to what is no longer there. Whoever is somewhere else by then is not fetched back.
 */
export function useFocusBack(
  isOpen: boolean,
  target: () => HTMLElement | null,
): { ref: RefObject<HTMLDivElement | null>; finalFocus(): HTMLElement | null | false } {
  const ref = useRef<HTMLDivElement>(null);
  const leave = useEffectEvent(() => {
    if (holdsFocus(ref.current)) target()?.focus({ preventScroll: true });
  });
  useLayoutEffect(() => {
    if (!isOpen) leave();
  }, [isOpen]);
  const isElsewhere = () => document.activeElement !== document.body && !holdsFocus(ref.current);
  return { ref, finalFocus: () => (isElsewhere() ? false : target()) };
}

const holdsFocus = (popup: HTMLElement | null) => popup?.contains(document.activeElement) ?? false;
