import type { ConversationId } from '@deskbell/contract';
import { useState } from 'react';
import { useStore } from '../../app/client.tsx';
import { moveNewLine, type NewLine } from './new-line.ts';

/** Up to where it had been read when the conversation was opened, or when one last looked away; null: no line. */
export function useNewLine(
  conversationId: ConversationId,
  given: { isLoaded: boolean; isLooking: boolean },
): number | null {
  const { isLoaded, isLooking } = given;
  const mark = useStore((store) => store.entities.marks.get(conversationId));
  const [line, setLine] = useState<NewLine | null>(null);
  const markedThrough = mark?.version ?? null;
  // Decided while drawing: an effect would come after the reading, which moves the mark.
  if (isLoaded) {
    const next = line
      ? moveNewLine(line, { isLooking, markedThrough })
      : { readThrough: markedThrough, isLooking };
    if (next !== line) setLine(next);
  }
  return line?.readThrough ?? null;
}
