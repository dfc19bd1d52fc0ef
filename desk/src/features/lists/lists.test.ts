import type { AgentId, BulkJob, Conversation, ConversationId, Mark } from '@deskbell/contract';
import { visitorTag } from '@deskbell/contract/views/search-text';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter, dayOf, startOfDay } from '../../ui/days.ts';
import { contactName } from '../contact-panel/contact-name.ts';
import { Followed, shownJob } from './bulk-jobs.ts';
import { cardState } from './card-state.ts';
import { heldOrder, keptOffset } from './keeping-place.ts';
import { reached, toggled } from './selection.ts';

const conversation = (given: Partial<Conversation>) =>
  ({
    status: 'open',
    holder: 'nobody',
    assigneeId: null,
    participants: [],
    version: 5,
    contactMessages: 3,
    waitingSince: 100,
    lastMessage: { text: 'Where is my Crème brûlée?' },
    ...given,
  }) as Conversation;
const ann = 'ann' as AgentId;
const mark = (version: number, contactMessages: number) => ({ version, contactMessages }) as Mark;

describe("a contact's name", () => {
  it('is the name, else the mail address, else a tag that stays', () => {
    const id = '0f8c2d1e-0000-8000-8000-00000000abcd';
    const visitor = (tag: string) => `Visitor ${tag}`;
    expect(contactName({ name: 'Vera', email: 'v@example.org' }, id, visitor)).toBe('Vera');
    expect(contactName({ name: null, email: 'v@example.org' }, id, visitor)).toBe('v@example.org');
    expect(contactName(undefined, id, visitor)).toBe(`Visitor ${visitorTag(id)}`);
    expect(visitorTag(id)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}$/);
  });
});

describe('R-2.3 a card', () => {
  it('of an untaken conversation is new to everybody until it is selected', () => {
    const seen = { agentId: ann, mark: undefined, isSelected: false };
    expect(cardState(conversation({}), seen)).toMatchObject({
      isUntaken: true,
      isNew: true,
      unread: 3,
    });
    expect(cardState(conversation({}), { ...seen, isSelected: true }).isNew).toBe(false);
  });

  it("of somebody else's conversation counts what is unread, without claiming it is news", () => {
    const taken = conversation({ holder: 'agent', assigneeId: 'ben' as AgentId });
    const seen = { agentId: ann, mark: mark(2, 1), isSelected: false };
    expect(cardState(taken, seen)).toMatchObject({ isNew: false, unread: 2, isMine: false });
  });

  it("of one's own is news also when a colleague did something", () => {
    const mine = conversation({ holder: 'agent', assigneeId: ann });
    expect(cardState(mine, { agentId: ann, mark: mark(4, 3), isSelected: false }).isNew).toBe(true);
    expect(cardState(mine, { agentId: ann, mark: mark(5, 3), isSelected: false }).isNew).toBe(
      false,
    );
  });
});

describe('R-2.8 a selection', () => {
  const shown = ['a', 'b', 'c', 'd'] as ConversationId[];
  const [a, b, , d] = shown as [ConversationId, ConversationId, ConversationId, ConversationId];
  const none = { ids: new Set<ConversationId>(), isAll: false, anchor: null };

  it('takes one after the other, and from one to another whichever way', () => {
    const first = toggled(none, d, shown);
    expect([...first.ids]).toEqual([d]);
    expect([...reached(first, b, shown).ids].sort()).toEqual(['b', 'c', 'd']);
    expect([...toggled(first, d, shown).ids]).toEqual([]);
  });

  it('of all less one is what is shown less that one', () => {
    const all = { ids: new Set(shown), isAll: true, anchor: null };
    const less = toggled(all, a, shown);
    expect(less.isAll).toBe(false);
    expect([...less.ids]).toEqual(['b', 'c', 'd']);
  });
});

describe('R-2.8 jobs on many conversations', () => {
  const job = (id: string, createdAt: number, finishedAt: number | null = null) =>
    ({ id, createdAt, finishedAt }) as BulkJob;
  const idsOf = (jobs: readonly BulkJob[]) => jobs.map(({ id }) => id);

  it('R-2.8 of those that go on the one begun last is shown', () => {
    expect(shownJob([job('a', 1), job('c', 3, 4), job('b', 2)])?.id).toBe('b');
    expect(shownJob([job('c', 3, 4)])).toBeNull();
  });

  it('R-2.8 each that was seen going on, or was begun here, is told once when it is finished', () => {
    const followed = new Followed(null);
    expect(idsOf(followed.ended([job('long ago', 0, 1), job('seen', 1)]))).toEqual([]);
    followed.add('quick');
    const jobs = [job('long ago', 0, 1), job('seen', 1, 5), job('quick', 2, 5)];
    expect(idsOf(followed.ended(jobs))).toEqual(['seen', 'quick']);
    expect(followed.ended(jobs)).toEqual([]);
  });

  it('R-2.8 of one that was stopped not its end is told, but that of what takes it back', () => {
    const followed = new Followed(null);
    followed.ended([job('mistake', 1), job('back', 2)]);
    const stopped = { ...job('mistake', 1, 5), isStopped: true };
    expect(idsOf(followed.ended([stopped, job('back', 2, 6)]))).toEqual(['back']);
  });

  it('R-2.8 what ends during a reload is told after it, once', () => {
    const memory = new Map<string, string>();
    const kept = {
      getItem: (key: string) => memory.get(key) ?? null,
      setItem: (key: string, value: string) => void memory.set(key, value),
    };
    const before = new Followed(kept);
    before.ended([job('seen', 1), job('other', 2)]);
    before.add('quick');
    const jobs = [job('seen', 1, 5), job('quick', 2, 5), job('other', 2)];
    expect(idsOf(new Followed(kept).ended(jobs))).toEqual(['seen', 'quick']);
    expect(new Followed(kept).ended(jobs)).toEqual([]);
  });
});

describe('R-2.5 a filter by days', () => {
  it('takes a day whole, also one on which the clocks change', () => {
    for (const day of ['2026-03-29', '2026-10-25', '2026-11-26']) {
      const [start = 0, end = 0] = [startOfDay(day), dayAfter(day)];
      expect([dayOf(start), dayOf(end - 1)]).toEqual([day, day]);
      expect(dayOf(end)).not.toBe(day);
    }
    expect(startOfDay('')).toBeUndefined();
  });
});

describe('R-2.1 a list keeps its place', () => {
  it('under the pointer as it was, with what the next page adds below', () => {
    expect(heldOrder(['a', 'b', 'c'], ['c', 'a', 'b'])).toEqual(['a', 'b', 'c']);
    expect(heldOrder(['a', 'b'], ['new', 'a', 'b', 'c', 'd'])).toEqual(['a', 'b', 'c', 'd']);
    expect(heldOrder(['a', 'b', 'gone'], ['b', 'a'])).toEqual(['a', 'b', 'gone']);
  });

  it('stays at the top when it is there', () => {
    expect(keptOffset({ ids: ['a', 'b'], offset: 0 }, ['c', 'a', 'b'], 80)).toBe(0);
  });

  it('moves with what stands at its upper edge', () => {
    const before = { ids: ['a', 'b', 'c', 'd'], offset: 100 };
    expect(keptOffset(before, ['x', 'a', 'b', 'c', 'd'], 80)).toBe(180);
    expect(keptOffset(before, ['b', 'c', 'd'], 80)).toBe(20);
  });

  it('holds by the next one when the first has left for the top', () => {
    const ids = Array.from({ length: 60 }, (_, index) => `c${index}`);
    const before = { ids, offset: 40 * 80 + 10 };
    const moved = ['c40', ...ids.filter((id) => id !== 'c40')];
    expect(keptOffset(before, moved, 80)).toBe(before.offset);
  });

  it('shows the same rows whatever comes or goes above', () => {
    const unique = fc.uniqueArray(fc.nat(500).map(String), { minLength: 30, maxLength: 60 });
    fc.assert(
      fc.property(unique, fc.nat(20), fc.nat(79), (ids, top, rest) => {
        const offset = top * 80 + rest;
        if (offset === 0) return;
        const shown = ids.slice(top);
        const kept = keptOffset({ ids, offset }, ['new', ...shown], 80);
        expect(['new', ...shown][Math.floor(kept / 80)]).toBe(ids[top]);
        expect(kept % 80).toBe(rest);
      }),
    );
  });
});
