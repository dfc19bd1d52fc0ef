import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Conversation } from '../entities.ts';
import type { AgentId } from '../ids.ts';
import { belongs, compareIn, lists, unread } from './lists.ts';

const RUNS = { numRuns: 1_000 };
const time = fc.integer({ min: 0, max: 5 });
const agents = ['ann', 'ben', 'cara'];
const anyConversation = fc
  .record({
    id: fc.uuid(),
    status: fc.constantFrom('open', 'pending', 'closed'),
    people: fc.shuffledSubarray(agents),
    openedAt: time,
    queuedAt: fc.option(time),
    isQueuedInFront: fc.boolean(),
    closedAt: fc.option(time),
    lastAt: fc.option(time),
    contactMessages: fc.nat(9),
  })
  .map(
    ({ people: [assigneeId = null, ...others], lastAt, ...rest }) =>
      ({
        ...rest,
        holder: assigneeId === null ? 'nobody' : 'agent',
        assigneeId,
        participants: others.map((agentId) => ({ agentId, joinedAt: 0 })),
        lastMessage: lastAt === null ? null : { side: 'contact', text: '', at: lastAt, seq: 1 },
      }) as unknown as Conversation,
  );
const list = fc.constantFrom(...lists);
const ann = 'ann' as AgentId;

describe('R-2.1 lists', () => {
  it('R-2.1 a conversation is closed, or open, or pending: never in two of these lists', () => {
    fc.assert(
      fc.property(anyConversation, (each) => {
        expect(belongs('closed', each, ann)).toBe(each.status === 'closed');
        expect(belongs('open', each, ann)).toBe(each.status === 'open');
        if (belongs('queue', each, ann))
          expect(belongs('open', each, ann) && !belongs('mine', each, ann)).toBe(true);
        if (belongs('mine', each, ann)) expect(belongs('closed', each, ann)).toBe(false);
      }),
      RUNS,
    );
  });

  it('R-2.4 the order is total: any two stand one way round, any three agree', () => {
    fc.assert(
      fc.property(
        list,
        fc.tuple(anyConversation, anyConversation, anyConversation),
        (which, [a, b, c]) => {
          const compare = compareIn(which);
          if (a.id !== b.id) expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)));
          if (compare(a, b) < 0 && compare(b, c) < 0) expect(compare(a, c)).toBeLessThan(0);
        },
      ),
      RUNS,
    );
  });

  it('R-2.4 the queue: in front first, then who has waited longest', () => {
    const entry = (id: string, isQueuedInFront: boolean, queuedAt: number) =>
      ({ id, isQueuedInFront, queuedAt, openedAt: 0 }) as Conversation;
    const queue = [entry('c', false, 2), entry('b', false, 1), entry('a', true, 9)];
    expect(queue.sort(compareIn('queue')).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('R-2.1 in all open, untaken stand above those in work, each by newest activity', () => {
    const entry = (id: string, holder: string, at: number) =>
      ({ id, holder, lastMessage: { at }, openedAt: 0 }) as Conversation;
    const open = [
      entry('d', 'agent', 9),
      entry('b', 'nobody', 1),
      entry('a', 'nobody', 5),
      entry('c', 'agent', 10),
    ];
    expect(open.sort(compareIn('open')).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('R-2.3 unread', () => {
  it('R-2.3 is what the contact wrote after the last reading, and never negative', () => {
    fc.assert(
      fc.property(anyConversation, fc.option(fc.nat(12), { nil: undefined }), (each, read) => {
        const mark = read === undefined ? undefined : { contactMessages: read };
        expect(unread(each, mark)).toBe(Math.max(0, each.contactMessages - (read ?? 0)));
      }),
      RUNS,
    );
  });
});
