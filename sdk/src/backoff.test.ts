import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Backoff } from './backoff.ts';

test('spans double from the first to the longest, and begin anew after success', () => {
  const backoff = new Backoff({ firstMs: 1_000, limitMs: 10_000, random: () => 1 });
  const waits = Array.from({ length: 6 }, () => backoff.next());
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  backoff.reset();
  expect(backoff.next()).toBe(1_000);
});

test('any wait lies between nothing and 30 s, however long it fails', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60_000 }), fc.nat(2_000), (firstMs, attempts) => {
      const backoff = new Backoff({ firstMs });
      for (let attempt = 0; attempt < attempts; attempt++) backoff.next();
      const wait = backoff.next();
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(30_000);
    }),
    { numRuns: 1_000 },
  );
});
