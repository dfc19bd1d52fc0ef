import { describe, expect, it } from 'vitest';
import { addressOf, dateOf, type FilterFacts, filterSize, matches, usualQuery } from './filter.ts';

const facts = {
  ...{ inboxId: 'shop', teamId: null, assigneeId: 'ann', labelIds: ['vip'], isFlagged: false },
  ...{ openedAt: 5, lastMessage: null, closedAt: null, closedById: null },
} as unknown as FilterFacts;
const lets = (filter: object, more: object = {}) => matches(filter, { ...facts, ...more });

describe('R-2.5 what a list is narrowed to', () => {
  it('R-2.5 of several in one field any will do', () => {
    expect(lets({})).toBe(true);
    expect([lets({ inboxIds: ['x', 'shop'] }), lets({ inboxIds: ['x'] })]).toEqual([true, false]);
    expect([lets({ teamIds: ['none'] }), lets({ teamIds: ['sales'] })]).toEqual([true, false]);
    expect(lets({ teamIds: ['sales'] }, { teamId: 'sales' })).toBe(true);
    expect(lets({ teamIds: ['none'] }, { teamId: 'sales' })).toBe(false);
    expect([lets({ assigneeIds: ['ann'] }), lets({ assigneeIds: ['nobody'] })]).toEqual([
      ...[true, false],
    ]);
    expect(lets({ assigneeIds: ['nobody'] }, { assigneeId: null })).toBe(true);
    expect([lets({ labelIds: ['x', 'vip'] }), lets({ labelIds: ['x'] })]).toEqual([true, false]);
    expect([lets({ isFlagged: false }), lets({ isFlagged: true })]).toEqual([true, false]);
    expect([
      lets({ closedById: 'ann' }),
      lets({ closedById: 'ann' }, { closedById: 'ann' }),
    ]).toEqual([false, true]);
  });

  it('R-2.5 from a day on, and before a day: of its closing, its last message, its opening', () => {
    expect([lets({ since: 5 }), lets({ since: 6 })]).toEqual([true, false]);
    expect([lets({ until: 6 }), lets({ until: 5 })]).toEqual([true, false]);
    const spoken = { ...facts, lastMessage: { at: 7 } } as FilterFacts;
    expect([facts, spoken, { ...spoken, closedAt: 9 }].map(dateOf)).toEqual([5, 7, 9]);
  });

  it('R-2.5 all fields must hold', () => {
    const all = {
      ...{ inboxIds: ['shop'], teamIds: ['none'], assigneeIds: ['ann'], labelIds: ['vip'] },
      ...{ isFlagged: false, closedById: 'ann', since: 5, until: 6 },
    };
    const closed = { closedById: 'ann' };
    expect(lets(all, closed)).toBe(true);
    for (const [field, value] of [
      ...[
        ['inboxIds', []],
        ['teamIds', []],
        ['assigneeIds', []],
        ['labelIds', []],
      ],
      ...[
        ['isFlagged', true],
        ['closedById', 'ben'],
        ['since', 6],
        ['until', 5],
      ],
    ] as [string, unknown][])
      expect([field, lets({ ...all, [field]: value }, closed)]).toEqual([field, false]);
  });

  it('R-2.5 what is narrowed is counted, and stands in the address; what is usual does not', () => {
    const filter = { inboxIds: ['a', 'b'], since: 0, until: undefined } as never;
    expect([filterSize({}), filterSize(filter)]).toEqual([0, 2]);
    const told = (query: object) =>
      JSON.parse(JSON.stringify(addressOf({ ...usualQuery('mine'), ...query })));
    expect(told({})).toEqual({ list: 'mine' });
    expect(told({ sort: 'oldest', filter, search: ' vera ' })).toEqual({
      ...{ list: 'mine', sort: 'oldest', inboxes: 'a,b', since: 0, search: ' vera ' },
    });
    expect(told({ search: '  ' })).toEqual({ list: 'mine' });
  });
});
