import type { Author, Entry } from '@deskbell/contract';
import { type PendingMessage, storedItem, type TimelineItem } from '@deskbell/sdk/overlay';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROUP_MS, isSameAuthor, type MessageRow, rowsOf } from './rows.ts';

const noon = new Date(2026, 10, 20, 12).getTime();
const vera = { kind: 'contact', id: 'vera' } as unknown as Author;
const ann = { kind: 'agent', id: 'ann' } as unknown as Author;
const ben = { kind: 'agent', id: 'ben' } as unknown as Author;

const message = (seq: number, author: Author, at: number): TimelineItem =>
  storedItem({
    kind: 'message',
    id: `e${seq}`,
    seq,
    author,
    at,
    text: 'x',
    clientId: null,
  } as unknown as Entry);
const activity = (seq: number, at: number): TimelineItem =>
  storedItem({
    kind: 'activity',
    id: `e${seq}`,
    seq,
    author: ann,
    at,
    activity: { what: 'pending' },
  } as unknown as Entry);
const pending = (at: number): TimelineItem =>
  ({
    state: 'sending',
    key: `p${at}`,
    clientId: `p${at}`,
    text: 'mine',
    at,
    refusal: null,
  }) satisfies PendingMessage;

const rows = (items: TimelineItem[], readThrough: number | null = null) =>
  rowsOf({ items, me: ann, readThrough, hasEarlier: false });
const kinds = (items: TimelineItem[], readThrough: number | null = null) =>
  rows(items, readThrough).map(({ kind }) => kind);
const messages = (items: TimelineItem[]) =>
  rows(items).filter((row): row is MessageRow => row.kind === 'message');

describe('rows of a timeline', () => {
  it('has a mark before each day', () => {
    const tomorrow = noon + 24 * 3_600_000;
    expect(kinds([message(1, vera, noon), message(2, vera, tomorrow)])).toEqual([
      'day',
      'message',
      'day',
      'message',
    ]);
  });

  it('groups what one author wrote within five minutes', () => {
    const [first, second, late, other] = messages([
      message(1, vera, noon),
      message(2, vera, noon + GROUP_MS - 1),
      message(3, vera, noon + 2 * GROUP_MS),
      message(4, ben, noon + 2 * GROUP_MS),
    ]);
    expect(first).toMatchObject({ isFirst: true, isLast: false });
    expect(second).toMatchObject({ isFirst: false, isLast: true });
    expect(late).toMatchObject({ isFirst: true, isLast: true });
    expect(other).toMatchObject({ isFirst: true, isLast: true });
  });

  it('ends a group at an activity and at the new line', () => {
    const between = messages([message(1, vera, noon), activity(2, noon), message(3, vera, noon)]);
    expect(between.every(({ isFirst, isLast }) => isFirst && isLast)).toBe(true);
    expect(kinds([message(1, vera, noon), message(2, vera, noon)], 1)).toEqual([
      'day',
      'message',
      'new',
      'message',
    ]);
  });

  it("puts the new line before the contact's first unread message, never before one's own", () => {
    const items = [message(1, vera, noon), message(2, ann, noon), message(3, vera, noon)];
    expect(rows(items, 1).map(({ key }) => key)).toEqual([
      'day:2026-11-20',
      'e1',
      'e2',
      'new',
      'e3',
    ]);
    expect(kinds(items, 3)).not.toContain('new');
    expect(kinds(items, null)).not.toContain('new');
  });

  it('claims no beginning, of a day or of what is new, while earlier ones are missing', () => {
    const items = [message(7, vera, noon), message(8, vera, noon)];
    const begun = rowsOf({ items, me: ann, readThrough: 3, hasEarlier: true });
    expect(begun.map(({ kind }) => kind)).toEqual(['message', 'message']);
    const known = rowsOf({ items, me: ann, readThrough: 6, hasEarlier: true });
    expect(known.map(({ kind }) => kind)).toEqual(['new', 'message', 'message']);
  });

  it("groups a message on its way with one's own stored ones", () => {
    const [stored, sending] = messages([message(1, ann, noon), pending(noon + 1)]);
    expect(stored).toMatchObject({ isLast: false });
    expect(sending).toMatchObject({ isFirst: false, side: 'ours', text: 'mine' });
  });

  it('keeps every item once and in order, with unique keys, whole groups and stable rows above what is appended', () => {
    const step = fc.record({
      author: fc.constantFrom(vera, ann, ben),
      isActivity: fc.boolean(),
      gap: fc.integer({ min: 0, max: 3 * 24 * 3_600_000 }),
    });
    fc.assert(
      fc.property(fc.array(step), fc.option(fc.nat(30)), (steps, readThrough) => {
        let at = noon;
        const items = steps.map(({ author, isActivity, gap }, index) => {
          at += gap % 3 === 0 ? gap % GROUP_MS : gap;
          return isActivity ? activity(index + 1, at) : message(index + 1, author, at);
        });
        const found = rows(items, readThrough);
        const keys = found.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        const shown = keys.filter((key) => key.startsWith('e'));
        expect(shown).toEqual(items.map(({ key }) => key));
        found.forEach((row, index) => {
          const next = found[index + 1];
          if (row.kind !== 'message') return;
          const goesOn = next?.kind === 'message' && !next.isFirst;
          expect(row.isLast).toBe(!goesOn);
          if (goesOn) expect(isSameAuthor(row.author, next.author)).toBe(true);
        });
        const fewer = rows(items.slice(0, -1), readThrough).map(({ key }) => key);
        expect(keys.slice(0, fewer.length)).toEqual(fewer);
        const later = items.slice(Math.floor(items.length / 2));
        const page = rowsOf({ items: later, me: ann, readThrough, hasEarlier: true });
        const pageKeys = page.map(({ key }) => key);
        const said = keys.filter((key) => key !== 'new' || pageKeys.includes('new'));
        expect(said.slice(said.length - page.length)).toEqual(pageKeys);
      }),
    );
  });
});
