import { clientIdSchema } from '@deskbell/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClientIds } from './client-ids.ts';

test('ids are UUIDv7 that the contract takes, each greater than the one before, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 41 }), { minLength: 2 }), (clock) => {
      let now = 0;
      const ids = new ClientIds(() => now);
      let before = '';
      for (now of clock) {
        const id = ids.next();
        expect(clientIdSchema.parse(id)).toBe(id);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(id > before).toBe(true);
        before = id;
      }
    }),
    { numRuns: 1_000 },
  );
});

test('more ids in a millisecond than it has numbers borrow from the next', () => {
  const ids = new ClientIds(() => 5);
  const made = Array.from({ length: 10_000 }, () => ids.next());
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});

test('ids follow one that another tab made with a clock that is ahead', () => {
  const ahead = new ClientIds(() => 9_000_000).next();
  const ids = new ClientIds(() => 5);
  ids.follow(ahead);
  expect(ids.next() > ahead).toBe(true);
  ids.follow('nonsense');
  expect(ids.next() > ahead).toBe(true);
});
