import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SortedList } from './sorted-list.ts';

interface Item {
  id: string;
  rank: number;
  text: number;
}

const compare = (left: Item, right: Item) =>
  left.rank - right.rank || (left.id < right.id ? -1 : 1);

const step = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
  rank: fc.integer({ min: 0, max: 5 }),
  text: fc.nat(3),
  isDeleted: fc.boolean(),
});

test('after any puts and deletes the list is what a plain sort of what is held would be', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const list = new SortedList<Item>(compare);
      const plain = new Map<string, Item>();
      for (const { isDeleted, ...item } of steps) {
        const before = [...plain.values()].sort(compare).map(({ id }) => id);
        const isMoved = isDeleted ? list.delete(item.id) : list.put(item);
        if (isDeleted) plain.delete(item.id);
        else plain.set(item.id, item);
        const after = [...plain.values()].sort(compare);
        expect(list.ids(Number.POSITIVE_INFINITY)).toEqual(after.map(({ id }) => id));
        expect(isMoved).toBe(before.join() !== after.map(({ id }) => id).join());
      }
    }),
    { numRuns: 2_000 },
  );
});

test('what stands before a boundary is counted without looking at each', () => {
  fc.assert(
    fc.property(fc.array(step), fc.integer({ min: -1, max: 6 }), (steps, boundary) => {
      const list = new SortedList<Item>(compare);
      for (const item of steps) list.put(item);
      const held = new Map(steps.map((item) => [item.id, item]));
      const before = [...held.values()].filter(({ rank }) => rank <= boundary);
      expect(list.countUntil(({ rank }) => rank > boundary)).toBe(before.length);
    }),
    { numRuns: 1_000 },
  );
});
