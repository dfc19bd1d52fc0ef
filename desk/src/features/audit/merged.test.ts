import type { AuditEntry } from '@deskbell/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { merged, reaches } from './merged.ts';

const entry = (id: string, at: number) => ({ id, at }) as AuditEntry;
const idsOf = (entries: readonly AuditEntry[]) => entries.map(({ id }) => id).join('');

it('R-18.3 what was changed meanwhile and further pages make one log, in whichever order they come', () => {
  const log = fc.uniqueArray(
    fc.record({ id: fc.stringMatching(/^[a-f]{3}$/), at: fc.integer({ min: 0, max: 4 }) }),
    { selector: ({ id }) => id, maxLength: 20 },
  );
  const pages = fc.tuple(log, fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 6 }));
  fc.assert(
    fc.property(pages, ([entries, cuts]) => {
      const whole = entries.map(({ id, at }) => entry(id, at));
      const come = [...cuts.map(([from, size]) => whole.slice(from, from + size)), whole];
      const held = come.reduce(merged, []);
      expect(held).toEqual(
        whole.toSorted((left, right) => right.at - left.at || (left.id < right.id ? 1 : -1)),
      );
    }),
    { numRuns: 1_000 },
  );
});

it('R-18.3 an entry is shown as it came last', () => {
  const [before, now] = [entry('a', 1), { ...entry('a', 1), by: { kind: 'system' } as const }];
  expect(merged([before], [now])).toEqual([now]);
});

it('R-18.3 nothing is left out between what is new and what was there', () => {
  const held = [entry('b', 2), entry('a', 1)];
  expect(reaches(held, [entry('d', 4), entry('c', 3)])).toBe(false);
  expect(reaches(held, [entry('c', 3), entry('b', 2)])).toBe(true);
  expect(reaches([], [entry('c', 3)])).toBe(true);
  expect(idsOf(merged(held, [entry('c', 3), entry('b', 2)]))).toBe('cba');
});
