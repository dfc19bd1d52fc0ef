import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Queries } from '../store/connect.ts';
import { type Group, type Lookup, need, put, type Table } from './table.ts';
import { WorkingSet } from './working-set.ts';

interface Card {
  id: string;
  shelf: string | null;
  place: number;
}

/** A database that is a map, and what is asked of it. */
function library(limit?: number) {
  const stored = new Map<string, Card>();
  const cards: Table<Card> = {
    name: 'cards',
    key: ({ id }) => id,
    load: async (_sql, _workspaceId, keys) => keys.flatMap((key) => stored.get(key) ?? []),
    insert: () => ({ text: '', parameters: [] }),
    update: () => [],
  };
  const asked: string[][] = [];
  const onShelf: Group<Card> = {
    name: 'onShelf',
    table: cards,
    key: ({ shelf }) => shelf,
    compare: (left, right) => left.place - right.place || left.id.localeCompare(right.id),
    ...(limit === undefined ? {} : { limit }),
    async load(_sql, _workspaceId, keys) {
      asked.push(keys);
      return keys.flatMap((key) =>
        [...stored.values()]
          .filter((card) => card.shelf === key)
          .sort(onShelf.compare)
          .slice(0, limit),
      );
    },
  };
  const rows = new WorkingSet({
    lookups: [] as Lookup<never>[],
    groups: [onShelf] as unknown as Group<never>[],
  });
  const ask = (...keys: string[]) =>
    rows.load(
      {} as Queries,
      'w',
      keys.map((key) => need(onShelf, key)),
    );
  return { stored, cards, onShelf, rows, asked, ask };
}

const card = (id: string, shelf: string | null, place = 0): Card => ({ id, shelf, place });
const ids = (rows: Card[]) => rows.map(({ id }) => id);

describe('groups of rows', () => {
  it('are asked for once, and kept in step by what is put', async () => {
    const { stored, cards, onShelf, rows, asked, ask } = library();
    stored.set('a', card('a', 'left', 2)).set('b', card('b', 'left', 1));
    await ask('left');
    expect(ids(rows.group(onShelf, 'left'))).toEqual(['b', 'a']);
    rows.apply([put(cards, card('b', 'right')), put(cards, card('c', 'left', 3))]);
    await ask('left');
    expect(ids(rows.group(onShelf, 'left'))).toEqual(['a', 'c']);
    expect(asked).toEqual([['left']]);
  });

  it('what was decided stands before what the database still says', async () => {
    const { stored, cards, onShelf, rows, ask } = library();
    stored.set('a', card('a', 'left'));
    rows.apply([put(cards, card('a', 'right')), put(cards, card('b', 'left'))]);
    await ask('left');
    expect(ids(rows.group(onShelf, 'left'))).toEqual(['b']);
  });

  it('of a group with a limit the first are known, and it is asked again when some of them have left', async () => {
    const { stored, cards, onShelf, rows, asked, ask } = library(2);
    for (const [id, place] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ] as const)
      stored.set(id, card(id, 'left', place));
    await ask('left');
    rows.apply([put(cards, card('late', 'left', 9))]);
    expect(ids(rows.group(onShelf, 'left'))).toEqual(['a', 'b']);
    await ask('left');
    expect(asked).toHaveLength(1);
    rows.apply([put(cards, card('a', null))]);
    stored.set('a', card('a', null));
    await ask('left');
    expect(asked).toHaveLength(2);
    expect(ids(rows.group(onShelf, 'left'))).toEqual(['b', 'c']);
  });

  it('one that is not among the capabilities is a bug', () => {
    const { rows, onShelf } = library();
    expect(() => rows.group({ ...onShelf, name: 'unknown' }, 'left')).toThrow('unknown');
  });

  it('whatever is put, stored and forgotten: the first of a group are those that all rows together have', async () => {
    const step = fc.record({
      do: fc.constantFrom('put', 'put', 'put', 'store', 'forget'),
      id: fc.constantFrom(...'abcdefgh'),
      shelf: fc.constantFrom('left', 'right', null),
      place: fc.nat(5),
    });
    const limit = fc.constantFrom(undefined, 1, 3);
    const property = fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      limit,
      async (steps, limit) => {
        const { stored, cards, onShelf, rows, ask } = library(limit);
        const truth = new Map<string, Card>();
        const unstored = new Map<string, Card>();
        const store = () => {
          for (const [id, row] of unstored) stored.set(id, row);
          unstored.clear();
        };
        for (const { do: what, id, shelf, place } of steps) {
          if (what === 'put') {
            const row = { id, shelf, place };
            await rows.load({} as Queries, 'w', [need(cards, id)]);
            rows.apply([put(cards, row)]);
            unstored.set(id, row);
            truth.set(id, row);
          }
          if (what === 'store') store();
          if (what === 'forget') {
            store();
            rows.forgetRows();
          }
          await ask('left', 'right');
          for (const key of ['left', 'right']) {
            const all = [...truth.values()]
              .filter((row) => row.shelf === key)
              .sort(onShelf.compare);
            const known = rows.group(onShelf, key);
            // While some are not stored yet, fewer may be known; those that are, are the first.
            expect(ids(known)).toEqual(ids(all).slice(0, known.length));
            if (unstored.size === 0)
              expect(known.length).toBeGreaterThanOrEqual(
                Math.min(all.length, limit ?? all.length),
              );
          }
        }
      },
    );
    await fc.assert(property, { numRuns: 1000 });
  });
});
