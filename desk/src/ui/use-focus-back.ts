import { type RefObject, useEffectEvent, useLayoutEffect, useRef } from 'react';

/**
 * What a popup of Base UI needs to give the focus to `target` (without one: to what had it before) when it closes: at
 * once and not when it has faded, so that no key goes to what is no longer there. Whoever is somewhere else by
 * then is not fetched back.
 */
export function useFocusBack(
  isOpen: boolean,
  target?: () => HTMLElement | null,
): { ref: RefObject<HTMLDivElement | null>; finalFocus(): HTMLElement | null | false } {
  const ref = useRef<HTMLDivElement>(null);
  const before = useRef<HTMLElement | null>(null);
  // null: Base UI finds one itself.
  const back = target ?? (() => (before.current?.isConnected ? before.current : null));
  const change = useEffectEvent(() => {
    if (isOpen) before.current = focused();
    else if (holdsFocus(ref.current)) {
      focused()?.blur();
      back()?.focus({ preventScroll: true });
    }
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever it opens or closes
  useLayoutEffect(change, [isOpen]);
  const isElsewhere = () => document.activeElement !== document.body && !holdsFocus(ref.current);
  return { ref, finalFocus: () => (isElsewhere() ? false : back()) };
}

const focused = () =>
  document.activeElement instanceof HTMLElement && document.activeElement !== document.body
    ? document.activeElement
    : null;

const holdsFocus = (popup: HTMLElement | null) => popup?.contains(document.activeElement) ?? false;
