import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { ConversationRow } from '../conversations/index.ts';

export interface Cast {
  inboxIds: readonly string[];
  teamIds: readonly string[];
  agentIds: readonly string[];
  labelIds: readonly string[];
}

export const newCast = (): Cast => ({
  inboxIds: Array.from({ length: 3 }, () => randomUUID()),
  teamIds: Array.from({ length: 2 }, () => randomUUID()),
  agentIds: Array.from({ length: 3 }, () => randomUUID()),
  labelIds: Array.from({ length: 3 }, () => randomUUID()),
});

/**
 * Any conversation that the rules allow, in a small range of times so that many stand equal in their
 * order. Each is another contact's.
 */
export function anyConversation({
  inboxIds,
  teamIds,
  agentIds,
  labelIds,
}: Cast): fc.Arbitrary<ConversationRow> {
  const time = fc
    .integer({ min: 1, max: 6 })
    .map((step) => 1_700_000_000_000 + step + (step % 3) * 600_000);
  const facts = fc.record({
    inboxId: fc.constantFrom(...inboxIds),
    teamId: fc.constantFrom(null, ...teamIds),
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
    isFlagged: fc.boolean(),
    labelIds: fc.subarray([...labelIds]),
    closedAt: time,
    lastAt: fc.option(time),
    lastContactAt: fc.option(time),
    isAnswered: fc.boolean(),
    closedById: fc.option(fc.constantFrom(...agentIds)),
  });
  return facts.map((given) => {
    const isClosed = given.status === 'closed';
    const [assigneeId = null, ...others] = given.people;
    const status = given.status === 'pending' && assigneeId === null ? 'open' : given.status;
    return {
      id: randomUUID(),
      inboxId: given.inboxId,
      teamId: given.teamId,
      contactId: randomUUID(),
      seq: 1,
      status,
      holder: assigneeId === null ? ('nobody' as const) : ('agent' as const),
      assigneeId,
      participants: others.map((agentId) => ({ agentId, joinedAt: given.openedAt })),
      isFlagged: given.isFlagged,
      labelIds: given.labelIds,
      preferredAgentId: null,
      avoidedAgentId: null,
      opening: null,
      agentActiveAt: null,
      openedAt: given.openedAt,
      queuedAt: given.queuedAt,
      isQueuedInFront: given.isQueuedInFront,
      pendingAt: null,
      resumedAt: null,
      closedAt: isClosed ? given.closedAt : null,
      closeReason: isClosed ? ('agent' as const) : null,
      closedById: isClosed ? given.closedById : null,
      isContactFinal: false,
      lastSide: given.lastAt === null ? null : ('contact' as const),
      lastText: null,
      lastAt: given.lastAt,
      lastSeq: given.lastAt === null ? null : 1,
      lastContactAt: given.lastContactAt,
      waitingSince: given.isAnswered ? null : given.lastContactAt,
      contactMessages: 0,
      dueAt: null,
    } as ConversationRow;
  });
}
