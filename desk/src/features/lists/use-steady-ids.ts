import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { heldOrder } from './keeping-place.ts';

/** So long after the last move of the pointer, or key, entries move again; in ms. */
const CALM_MS = 1_200;

export interface Steady<Id extends string> {
  ids: readonly Id[];
  /** For the element that holds the list. */
  hold: {
    onPointerMove(event: React.PointerEvent): void;
    onPointerLeave(): void;
    onPointerDown(): void;
    onKeyDownCapture(): void;
  };
}

/**
 * Entries don't move under the pointer: as long as somebody is about to press one, the order stays, and
 * what comes or moves shows when they rest. What has left meanwhile stays in its place until then.
 */
export function useSteadyIds<Id extends string>(ids: readonly Id[], place: unknown): Steady<Id> {
  const [heldIds, setHeld] = useState<readonly Id[] | null>(null);
  const latest = useRef(ids);
  latest.current = ids;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = useCallback(() => {
    clearTimeout(timer.current);
    setHeld(null);
  }, []);
  // Another list, or another search, holds nothing of the one before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `place` alone says so
  useEffect(() => release, [place]);
  const holdOn = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(release, CALM_MS);
    setHeld((before) => before ?? latest.current);
  };
  const shown = useMemo(() => (heldIds ? heldOrder(heldIds, ids) : ids), [heldIds, ids]);
  return {
    ids: shown,
    hold: {
      // A finger scrolls, it doesn't hover.
      onPointerMove: ({ pointerType }) => pointerType === 'mouse' && holdOn(),
      onPointerDown: holdOn,
      onPointerLeave: release,
      onKeyDownCapture: holdOn,
    },
  };
}
