import type { ConversationId } from '@deskbell/contract';
import { type HTMLAttributes, useEffect, useRef } from 'react';
import type { Selection } from './selection.ts';

const LONG_MS = 450;
/** In px: a finger that moves further scrolls. */
const STILL = 10;

/** For fingers: a long press selects a card, and as long as anything is selected so does a tap. Returns what a card's row listens for. */
export function useTouchSelect(
  selection: Selection,
): (id: ConversationId) => HTMLAttributes<HTMLElement> {
  const press = useRef<{ x: number; y: number; timer: number } | null>(null);
  /** The last touch has selected already: its click is none. */
  const isSpent = useRef(false);
  const isTouch = useRef(false);
  const drop = () => {
    if (press.current) clearTimeout(press.current.timer);
    press.current = null;
  };
  useEffect(() => () => clearTimeout(press.current?.timer), []);
  return (id) => ({
    onPointerDown({ pointerType, clientX: x, clientY: y }) {
      drop();
      isSpent.current = false;
      isTouch.current = pointerType === 'touch';
      if (!isTouch.current) return;
      const timer = window.setTimeout(() => {
        press.current = null;
        isSpent.current = true;
        // Where a device can, it says so to the finger.
        navigator.vibrate?.(10);
        selection.toggle(id);
      }, LONG_MS);
      press.current = { x, y, timer };
    },
    onPointerMove({ clientX, clientY }) {
      const { current } = press;
      if (current && Math.hypot(clientX - current.x, clientY - current.y) > STILL) drop();
    },
    onPointerUp: drop,
    onPointerCancel: drop,
    onContextMenu(event) {
      // The browser's own menu of a link, which a long press opens too.
      if (isTouch.current) event.preventDefault();
    },
    onClickCapture(event) {
      if (!isTouch.current) return;
      const isSelecting = selection.isAll || selection.ids.size > 0;
      if (!isSpent.current && !isSelecting) return;
      // The box does it by itself.
      if (!isSpent.current && event.target instanceof Element && event.target.closest('label'))
        return;
      event.preventDefault();
      event.stopPropagation();
      if (!isSpent.current) selection.toggle(id);
      isSpent.current = false;
    },
  });
}
