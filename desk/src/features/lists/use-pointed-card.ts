import type { ConversationId } from '@deskbell/contract';
import { type HTMLAttributes, type PointerEvent, useState } from 'react';

interface PointedCard {
  pointedId: ConversationId | null;
  /** For the element that holds the rows. */
  listeners: Pick<HTMLAttributes<HTMLElement>, 'onPointerOver' | 'onPointerLeave'>;
}

/** The card that a mouse or a pen is over: it alone bears what shows only there. */
export function usePointedCard(): PointedCard {
  const [pointedId, setPointedId] = useState<ConversationId | null>(null);
  const onPointerOver = ({ target, pointerType }: PointerEvent) => {
    if (pointerType === 'touch' || !(target instanceof Element)) return;
    const card = target.closest('li')?.querySelector<HTMLElement>('[data-card]');
    setPointedId((card?.dataset.card ?? null) as ConversationId | null);
  };
  return { pointedId, listeners: { onPointerOver, onPointerLeave: () => setPointedId(null) } };
}
