import type { ContactId, Conversation, ConversationId } from '@deskbell/contract';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient, useStore, useStoreParts } from '../../app/client.tsx';

export interface History {
  /** The one opened last first. */
  others: Conversation[];
  hasMore: boolean;
  hasFailed: boolean;
  again(): Promise<void>;
}

interface Answered {
  byId: ReadonlyMap<ConversationId, Conversation>;
  hasMore: boolean;
}

const nothing: Answered = { byId: new Map(), hasMore: false };

/**
 * A contact's other conversations. Asked for once, since those closed long ago are in no list; from then on what
 * stands in the store is shown, what begins is heard of, and what went out of sight is gone at once.
 */
export function useHistory(
  contactId: ContactId,
  { shown, besides }: { shown: number; besides: ConversationId },
): History {
  const client = useClient();
  const [answered, setAnswered] = useState(nothing);
  const [hasFailed, setFailed] = useState(false);
  const turn = useRef(0);
  const again = useCallback(async () => {
    turn.current += 1;
    const own = turn.current;
    // The one that is open is among them.
    const answer = await client.loadHistory(contactId, shown + 1);
    if (own !== turn.current) return;
    setFailed('code' in answer);
    if ('code' in answer) return;
    const byId = new Map(answer.conversations.map((each) => [each.id, each]));
    setAnswered({ byId, hasMore: answer.hasMore });
  }, [client, contactId, shown]);
  const epoch = useStore((store) => store.epoch);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where something was taken away, others may have moved up
  useEffect(() => {
    void again();
    return () => {
      turn.current += 1;
    };
  }, [again, epoch]);
  const ids = useIds(contactId, answered);
  const [, ...held] = useStoreParts((store) => [
    ids,
    ...ids.map((id) => (store.isGone(id) ? null : store.entities.conversations.get(id))),
  ]);
  const others = ids
    .flatMap((id, place) => (held[place] === undefined ? answered.byId.get(id) : held[place]) ?? [])
    .filter(({ id }) => id !== besides)
    .sort((left, right) => right.openedAt - left.openedAt || (left.id < right.id ? 1 : -1));
  return {
    others: others.slice(0, shown),
    hasMore: answered.hasMore || others.length > shown,
    hasFailed,
    again,
  };
}

/** Those that were answered, and those heard of since. */
function useIds(contactId: ContactId, { byId }: Answered): readonly ConversationId[] {
  const { store } = useClient();
  const [heard, setHeard] = useState<ReadonlySet<ConversationId>>(new Set());
  useEffect(
    () =>
      store.onConversations((ids) => {
        const theirs = [...ids].filter(
          (id) => store.entities.conversations.get(id)?.contactId === contactId,
        );
        if (theirs.length > 0)
          setHeard((before) => {
            const all = new Set([...before, ...theirs]);
            return all.size === before.size ? before : all;
          });
      }),
    [store, contactId],
  );
  return useMemo(() => [...new Set([...byId.keys(), ...heard])], [byId, heard]);
}
