import type { Conversation, ConversationId } from '@deskbell/contract';
import type { AgentStore } from '@deskbell/sdk';
import { describe, expect, it } from 'vitest';
import { type About, endOf, isOver } from './over.ts';

const id = 'c1' as ConversationId;
const about = (kind: About['kind'], seq = 5): About => ({ conversationId: id, kind, seq });

/** As far as one agent, Ann, knows of one conversation. */
function known(
  conversation: Partial<Conversation> | null,
  { read = 0, isGone = false }: { read?: number; isGone?: boolean } = {},
): AgentStore {
  const held = conversation && {
    ...{ id, version: 5, status: 'open', holder: 'nobody', assigneeId: null, participants: [] },
    ...conversation,
  };
  return {
    me: { id: 'ann' },
    entities: {
      conversations: { get: () => held ?? undefined },
      marks: { get: () => (read > 0 ? { version: read } : undefined) },
    },
    isGone: () => isGone,
    unread: () => (held && read < held.version ? 1 : 0),
  } as unknown as AgentStore;
}
const held = (assigneeId: string, more: Partial<Conversation> = {}) =>
  ({ holder: 'agent', assigneeId, ...more }) as Partial<Conversation>;
const kinds = ['new-conversation', 'transferred', 'message', 'assigned', 'invited'] as const;

describe('R-7.2 whether a notification is over', () => {
  it('R-7.2 what this desk has not heard of yet is not, whatever it knew before', () => {
    for (const kind of kinds) {
      expect(isOver(known(null), about(kind))).toBe(false);
      expect(isOver(known(held('ben', { version: 4 })), about(kind))).toBe(false);
      expect(isOver(known({ status: 'closed', version: 4 }), about(kind))).toBe(false);
      expect(isOver(known(null, { isGone: true }), about(kind))).toBe(true);
    }
  });

  it('R-7.2 what was closed, or read up to there, is', () => {
    const own = held('ann');
    for (const kind of kinds) {
      expect(isOver(known({ ...own, status: 'closed' }), about(kind))).toBe(true);
      expect(isOver(known(own, { read: 5 }), about(kind))).toBe(true);
    }
    // It was assigned to who had read all that the contact wrote: that they know nothing of.
    expect(isOver(known(own, { read: 4 }), about('assigned'))).toBe(false);
  });

  it('R-7.2 what waits is over when somebody has it, what is one’s own when one is out of it', () => {
    const shared = { participants: [{ agentId: 'ann' }] } as Partial<Conversation>;
    for (const kind of ['new-conversation', 'transferred'] as const) {
      expect(isOver(known({}), about(kind))).toBe(false);
      expect(isOver(known(held('ben')), about(kind))).toBe(true);
    }
    for (const kind of ['message', 'assigned', 'invited'] as const) {
      expect(isOver(known(held('ann')), about(kind))).toBe(false);
      expect(isOver(known(held('ben', shared)), about(kind))).toBe(false);
      expect(isOver(known(held('ben')), about(kind))).toBe(true);
    }
  });

  it('R-7.2 is looked for again whenever that may have changed', () => {
    const ends = [
      known(null),
      known({}),
      known(held('ann')),
      known(held('ben')),
      known(held('ann'), { read: 5 }),
      known(held('ann', { version: 6 }), { read: 6 }),
      known({ status: 'closed' }),
      known(null, { isGone: true }),
    ].map((store) => endOf(store, id));
    expect(ends.slice(0, 2)).toEqual([null, null]);
    // Also that one has taken it oneself, elsewhere.
    expect(new Set(ends.slice(2)).size).toBe(6);
  });
});
