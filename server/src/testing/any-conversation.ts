import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { ConversationRow } from '../conversations/index.ts';

export interface Cast {
  inboxIds: readonly string[];
  agentIds: readonly string[];
}

export const newCast = (): Cast => ({
  inboxIds: Array.from({ length: 3 }, () => randomUUID()),
  agentIds: Array.from({ length: 3 }, () => randomUUID()),
});

/**
 * Any conversation that the rules allow, in a small range of times so that many stand equal in their
 * order. Each is another contact's.
 */
export function anyConversation({ inboxIds, agentIds }: Cast): fc.Arbitrary<ConversationRow> {
  const time = fc.integer({ min: 1, max: 6 }).map((step) => 1_700_000_000_000 + step);
  const facts = fc.record({
    inboxId: fc.constantFrom(...inboxIds),
    status: fc.constantFrom(
      'open' as const,
      'open' as const,
      'pending' as const,
      'closed' as const,
    ),
    people: fc.shuffledSubarray([...agentIds]),
    openedAt: time,
    queuedAt: fc.option(time),
    isQueuedInFront: fc.boolean(),
    closedAt: time,
    lastAt: fc.option(time),
  });
  return facts.map((given) => {
    const isClosed = given.status === 'closed';
    const [assigneeId = null, ...others] = given.people;
    const status = given.status === 'pending' && assigneeId === null ? 'open' : given.status;
    return {
      id: randomUUID(),
      inboxId: given.inboxId,
      contactId: randomUUID(),
      seq: 1,
      status,
      holder: assigneeId === null ? ('nobody' as const) : ('agent' as const),
      assigneeId,
      participants: others.map((agentId) => ({ agentId, joinedAt: given.openedAt })),
      openedAt: given.openedAt,
      queuedAt: given.queuedAt,
      isQueuedInFront: given.isQueuedInFront,
      pendingAt: null,
      resumedAt: null,
      closedAt: isClosed ? given.closedAt : null,
      closeReason: isClosed ? ('agent' as const) : null,
      isContactFinal: false,
      lastSide: given.lastAt === null ? null : ('contact' as const),
      lastText: null,
      lastAt: given.lastAt,
      lastSeq: given.lastAt === null ? null : 1,
      lastContactAt: given.lastAt,
      waitingSince: null,
      contactMessages: 0,
      dueAt: null,
    } as ConversationRow;
  });
}
