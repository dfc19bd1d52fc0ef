import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Conversation } from '../entities.ts';
import type { AgentId } from '../ids.ts';
import { matches } from './filter.ts';
import {
  belongs,
  compareIn,
  isBehind,
  lists,
  listsFor,
  type OrderFacts,
  orderKey,
  parseCursor,
  sortsOf,
  unread,
  usualSort,
} from './lists.ts';
import { fold, holdsWords, searchText, searchWords } from './search-text.ts';

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
    waitingSince: fc.option(time),
  })
  .map(
    ({ people: [assigneeId = null, ...others], lastAt, ...rest }) =>
      ({
        ...rest,
        holder: assigneeId === null ? 'nobody' : 'agent',
        assigneeId,
        participants: others.map((agentId) => ({ agentId, joinedAt: 0 })),
        lastMessage: lastAt === null ? null : { side: 'contact', text: '', at: lastAt, seq: 1 },
        lastContactAt: lastAt,
      }) as unknown as Conversation,
  );
const sorted = fc.constantFrom(
  ...lists.flatMap((list) => sortsOf(list).map((sort) => ({ list, sort }))),
);
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
        sorted,
        fc.tuple(anyConversation, anyConversation, anyConversation),
        ({ list, sort }, [a, b, c]) => {
          const compare = compareIn(list, sort);
          if (a.id !== b.id) expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)));
          if (compare(a, b) < 0 && compare(b, c) < 0) expect(compare(a, c)).toBeLessThan(0);
        },
      ),
      RUNS,
    );
  });

  it('R-2.4 the queue: in front first, then who has waited longest', () => {
    const entry = (id: string, isQueuedInFront: boolean, queuedAt: number) =>
      ({
        id,
        isQueuedInFront,
        queuedAt,
        openedAt: 0,
        status: 'open',
        holder: 'nobody',
      }) as Conversation;
    const queue = [entry('c', false, 2), entry('b', false, 1), entry('a', true, 9)];
    expect(queue.sort(compareIn('queue')).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('R-2.1 in all open, untaken stand above those in work, each by newest activity of the contact', () => {
    const entry = (id: string, holder: string, at: number) =>
      ({ id, holder, lastContactAt: at, openedAt: 0 }) as Conversation;
    const open = [
      entry('d', 'agent', 9),
      entry('b', 'nobody', 1),
      entry('a', 'nobody', 5),
      entry('c', 'agent', 10),
    ];
    expect(open.sort(compareIn('open')).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('R-2.1, R-2.2, R-2.4 lists and places in them', () => {
  const row = {
    ...{ id: 'b', status: 'open', holder: 'nobody', isQueuedInFront: false, queuedAt: null },
    ...{ openedAt: 5, lastContactAt: null, waitingSince: null, closedAt: null, lastMessage: null },
  } as unknown as OrderFacts;
  const turned = (more: object) => ({ ...row, ...more }) as OrderFacts;

  it('R-2.2 what is given out by itself waits before the eyes of supervisors alone', () => {
    const shown = (isSupervisor: boolean, routing: 'manual' | 'round-robin') =>
      listsFor({ isSupervisor, routing });
    const others = ['mine', 'open', 'pending', 'closed'];
    expect(shown(false, 'round-robin')).toEqual(others);
    for (const all of [shown(true, 'round-robin'), shown(false, 'manual'), shown(true, 'manual')])
      expect(all).toEqual(['queue', ...others]);
  });

  it('R-2.1 which lists a conversation stands in', () => {
    const standsIn = (more: object) => {
      const facts = { ...turned({ assigneeId: null, participants: [], ...more }) } as Conversation;
      return lists.filter((list) => belongs(list, facts, ann));
    };
    const anns = { holder: 'agent', assigneeId: ann };
    const bens = { holder: 'agent', assigneeId: 'ben' };
    const withAnn = { ...bens, participants: [{ agentId: ann, joinedAt: 1 }] };
    expect(standsIn({})).toEqual(['queue', 'open']);
    expect([standsIn(anns), standsIn(withAnn), standsIn(bens)]).toEqual([
      ...[['mine', 'open'], ['mine', 'open'], ['open']],
    ]);
    expect(standsIn({ ...anns, status: 'pending' })).toEqual(['mine', 'pending']);
    expect(standsIn({ ...anns, status: 'closed' })).toEqual(['closed']);
    expect(standsIn({ status: 'closed' })).toEqual(['closed']);
  });

  it('R-2.3 what an agent has not read is what the contact wrote since', () => {
    const wrote = { contactMessages: 5 } as Conversation;
    const marks = [undefined, { contactMessages: 3 }, { contactMessages: 7 }];
    expect(marks.map((mark) => unread(wrote, mark))).toEqual([5, 2, 0]);
  });

  it('R-2.1 whether somebody has it makes two shelves in all open, and in no other list', () => {
    const taken = turned({ holder: 'agent' });
    expect([orderKey('open', 'opened', row), orderKey('open', 'opened', taken)]).toEqual([
      ...[
        [0, -5],
        [2, -5],
      ],
    ]);
    expect(orderKey('closed', 'opened', taken)).toEqual([0, -5]);
  });

  it('R-2.4 what waits has its place in the queue, else since the contact’s first unanswered message', () => {
    const key = (more: object) => orderKey('mine', 'waiting', turned(more));
    expect([key({}), key({ queuedAt: 7 }), key({ isQueuedInFront: true })]).toEqual([
      ...[
        [1, 5],
        [1, 7],
        [0, 5],
      ],
    ]);
    const pending = { status: 'pending', isQueuedInFront: true, queuedAt: 7 };
    expect([key(pending), key({ ...pending, waitingSince: 9 })]).toEqual([
      [1, 5],
      [0, 9],
    ]);
    expect(key({ holder: 'agent', queuedAt: 7, waitingSince: 9 })).toEqual([0, 9]);
  });

  it('R-2.4 one conversation has one place, however it stands; of equals the id decides', () => {
    const compare = compareIn('mine', 'opened');
    expect(compare(row, turned({ openedAt: 9 }))).toBe(0);
    expect([compare(turned({ id: 'a' }), row), compare(row, turned({ id: 'a' }))]).toEqual([-1, 1]);
  });

  it('R-2.4 a page goes on behind the place where the last one ended', () => {
    const behind = (more: object, place: [number, number, string] = [1, 7, 'b']) =>
      isBehind({ list: 'queue', sort: 'waiting' }, turned({ queuedAt: 7, ...more }), place);
    expect([behind({ id: 'a' }), behind({}), behind({ id: 'c' })]).toEqual([false, false, true]);
    expect([behind({ queuedAt: 6, id: 'c' }), behind({ queuedAt: 8, id: 'a' })]).toEqual([
      ...[false, true],
    ]);
    expect(behind({ isQueuedInFront: true, queuedAt: 9, id: 'c' })).toBe(false);
    expect(behind({ queuedAt: 6, id: 'a' }, [0, 7, 'b'])).toBe(true);
  });

  it('R-2.4 a place is two whole numbers and an id, or none', () => {
    expect(parseCursor('1:-7:b')).toEqual([1, -7, 'b']);
    for (const cursor of ['', '1', '1:7', '1:7:', 'x:7:b', '1:x:b', '1.5:7:b', '1:7.5:b'])
      expect([cursor, parseCursor(cursor)]).toEqual([cursor, null]);
  });
});

describe('R-2.4 sorts', () => {
  const at = (id: string, given: Partial<Conversation>) =>
    ({
      id,
      status: 'open',
      holder: 'agent',
      openedAt: 1,
      waitingSince: null,
      ...given,
    }) as Conversation;
  const inOrder = (sort: Parameters<typeof compareIn>[1], ...given: Conversation[]) =>
    given.sort(compareIn('mine', sort)).map(({ id }) => id);

  it('R-2.4 each list is sorted by what it usually is, and offers four orders', () => {
    expect(lists.map(usualSort)).toEqual(['waiting', 'activity', 'activity', 'activity', 'closed']);
    for (const list of lists) {
      expect(sortsOf(list)).toHaveLength(4);
      expect(sortsOf(list)).toContain(usualSort(list));
    }
  });

  it("R-2.4 newest contact activity: our side's messages move nothing", () => {
    const a = at('a', { lastContactAt: 5, lastMessage: { at: 5 } as never });
    const b = at('b', { lastContactAt: 4, lastMessage: { at: 9 } as never });
    expect(inOrder('activity', b, a, at('c', { lastContactAt: null }))).toEqual(['a', 'b', 'c']);
    expect(inOrder('oldest', b, a)).toEqual(['a', 'b']);
  });

  it('R-2.4 newest conversation; longest waiting, those who wait for nothing last', () => {
    expect(inOrder('opened', at('a', { openedAt: 1 }), at('b', { openedAt: 2 }))).toEqual([
      'b',
      'a',
    ]);
    const calm = at('a', { openedAt: 1 });
    const waiting = at('b', { openedAt: 9, waitingSince: 7 });
    expect(inOrder('waiting', calm, waiting, at('c', { waitingSince: 3 }))).toEqual([
      'c',
      'b',
      'a',
    ]);
  });
});

describe('R-2.5 filters and search', () => {
  it('R-2.5 all fields of a filter must hold, and one of the several in a field', () => {
    const facts = {
      inboxId: 'shop',
      teamId: null,
      assigneeId: ann,
      labelIds: ['urgent'],
      isFlagged: true,
      openedAt: 1,
      lastMessage: { at: 5 },
      closedAt: null,
      closedById: null,
    } as unknown as Conversation;
    const holds = (filter: object) => matches(filter, facts);
    expect(holds({})).toBe(true);
    expect(holds({ inboxIds: ['help', 'shop'], teamIds: ['none'], isFlagged: true })).toBe(true);
    expect(holds({ inboxIds: ['help'], isFlagged: true })).toBe(false);
    expect(holds({ assigneeIds: ['nobody'] })).toBe(false);
    expect(holds({ labelIds: ['calm', 'urgent'] })).toBe(true);
    expect(holds({ labelIds: ['calm'] })).toBe(false);
    expect(holds({ since: 5, until: 6 })).toBe(true);
    expect(holds({ until: 5 })).toBe(false);
    expect(holds({ closedById: ann })).toBe(false);
  });

  it('R-2.5 search knows no case and accents, takes all words, and short ones at their beginning', () => {
    const contact = {
      id: '0f8c2d1e-0000-8000-8000-00000000abcd',
      name: 'Zoë Ångström',
      email: 'zoe@example.org',
    };
    const text = searchText(contact as never, { text: 'Where is my Crème brûlée?' });
    const finds = (search: string) => holdsWords(text, searchWords(search));
    for (const search of [
      'zoe',
      'ANGSTROM',
      'creme  brulee',
      'zoe creme',
      'example.org',
      'an cr',
      '  ',
      '?',
    ])
      expect(finds(search)).toBe(true);
    expect(finds('zoe pudding')).toBe(false);
    expect(finds('oe')).toBe(false);
    expect(fold('  Ünî  ')).toBe('uni');
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
