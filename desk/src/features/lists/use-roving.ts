import type { ConversationId } from '@deskbell/contract';
import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useShortcut } from '../../app/shortcuts.ts';

interface Roving {
  /** The card that Tab leads to. */
  activeId: ConversationId | undefined;
  /** Its place, or -1. */
  activeIndex: number;
  /** Arrows, Home and End on the list. */
  onKeyDown(event: React.KeyboardEvent): void;
  onFocus(event: React.FocusEvent): void;
  /** Into the list, at the card that is active. */
  enter(): void;
}

interface RovingGiven {
  ids: readonly ConversationId[];
  selectedId: ConversationId | undefined;
  virtualizer: Virtualizer<HTMLDivElement, HTMLLIElement>;
}

const steps: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** One stop of Tab for the whole list; within it the focus moves by arrows, or by j and k from anywhere. */
export function useRoving({ ids, selectedId, virtualizer }: RovingGiven): Roving {
  const [focusedId, setFocusedId] = useState<ConversationId | null>(null);
  // Set where the focus shall go; it goes once the card is drawn.
  const wanted = useRef<ConversationId | null>(null);
  // Looked for only when the order or what is sought is another: a list may be long.
  const activeIndex = useMemo(
    () => firstPlace(ids, [focusedId, selectedId, ids[0]]),
    [focusedId, selectedId, ids],
  );
  const activeId = ids[activeIndex];

  const focusAt = (index: number) => {
    const place = Math.min(ids.length - 1, Math.max(0, index));
    const id = ids[place];
    if (!id) return;
    wanted.current = id;
    setFocusedId(id);
    virtualizer.scrollToIndex(place, { align: 'auto' });
    focusCard(virtualizer.scrollElement, wanted);
  };
  const isFocusWithin = () => Boolean(virtualizer.scrollElement?.contains(document.activeElement));
  const step = (by: number) =>
    focusAt(isFocusWithin() || selectedId ? activeIndex + by : activeIndex);

  useShortcut('next', () => step(1));
  useShortcut('previous', () => step(-1));
  // The card may only have been drawn by this very update.
  useLayoutEffect(() => focusCard(virtualizer.scrollElement, wanted));

  return {
    activeId,
    activeIndex,
    onKeyDown(event) {
      const by = steps[event.key];
      if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      focusAt(activeIndex + by);
    },
    onFocus({ target }) {
      const id = target.closest<HTMLElement>('[data-card]')?.dataset.card;
      if (id) setFocusedId(id as ConversationId);
    },
    enter: () => focusAt(Math.max(0, activeIndex)),
  };
}

/** Where the first of them stands that is there; -1: none is. */
function firstPlace(
  ids: readonly ConversationId[],
  wanted: readonly (ConversationId | null | undefined)[],
): number {
  for (const id of wanted) {
    const place = id ? ids.indexOf(id) : -1;
    if (place >= 0) return place;
  }
  return -1;
}

function focusCard(
  list: HTMLDivElement | null,
  wanted: React.RefObject<ConversationId | null>,
): void {
  if (!wanted.current) return;
  const card = list?.querySelector<HTMLElement>(`[data-card="${wanted.current}"]`);
  if (!card) return;
  wanted.current = null;
  card.focus({ preventScroll: true });
}
