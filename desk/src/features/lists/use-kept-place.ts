import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { CARD_HEIGHT } from './card.tsx';
import { keptOffset } from './keeping-place.ts';

type Cards = Virtualizer<HTMLDivElement, HTMLLIElement>;

/** How far each list was scrolled when it was last shown. */
const offsets = new Map<string, number>();

export const lastOffset = (name: string): number => offsets.get(name) ?? 0;

/** Cards that come, go and move leave what one looks at where it is; so does coming back to a list. */
export function useKeptPlace(name: string, ids: readonly string[], virtualizer: Cards): void {
  const shown = useRef(ids);
  // Before the browser paints, so that nothing is seen to jump.
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = ids;
    const offset = virtualizer.scrollOffset ?? 0;
    const kept = before === ids ? offset : keptOffset({ ids: before, offset }, ids, CARD_HEIGHT);
    if (kept !== offset) virtualizer.scrollToOffset(kept);
  }, [ids, virtualizer]);
  // Only when it is left: the offset changes with each scroll event.
  useEffect(() => () => void offsets.set(name, virtualizer.scrollOffset ?? 0), [name, virtualizer]);
}
