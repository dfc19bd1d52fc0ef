import type { ConversationId } from '@deskbell/contract';
import { useEffect, useState } from 'react';
import { ask, isProblem } from '../app/api.ts';
import { useConnection, useStore } from '../app/client.tsx';

/** A link may lead to a conversation that is not there, or not this agent's to see: the server is asked. */
export function useIsMissing(conversationId: ConversationId): boolean {
  const isHeld = useStore(
    (store) => store.entities.conversations.get(conversationId) !== undefined,
  );
  const isLive = useConnection().name === 'live';
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    if (isHeld) return setMissing(false);
    if (!isLive) return;
    let isCurrent = true;
    void ask('GET', `/conversations/${conversationId}`).then((answer) => {
      if (isCurrent) setMissing(isProblem(answer) && answer.code === 'not-found');
    });
    return () => {
      isCurrent = false;
    };
  }, [conversationId, isHeld, isLive]);
  return isMissing;
}
