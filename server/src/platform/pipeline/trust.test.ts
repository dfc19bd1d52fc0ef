import { expect, it } from 'vitest';
import { Trust } from './trust.ts';

/** How many batches under the lock it takes, all of which find our own head. */
function batchesUntilEarned(trust: Trust): number {
  let batches = 0;
  while (!trust.isEarned) {
    trust.looked(true);
    batches += 1;
  }
  return batches;
}

it('is earned by the first batch that finds our own head', () => {
  const trust = new Trust();
  expect(trust.isEarned).toBe(false);
  trust.looked(false);
  expect(trust.isEarned).toBe(false);
  expect(batchesUntilEarned(trust)).toBe(1);
});

it('takes twice as long each time that it was wrong, and at most 64 batches', () => {
  const trust = new Trust();
  const waits = Array.from({ length: 8 }, () => {
    const wait = batchesUntilEarned(trust);
    trust.broken();
    return wait;
  });
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 64]);
});

it('who writes alone again is soon trusted as before', () => {
  const trust = new Trust();
  for (let times = 0; times < 8; times += 1) trust.broken();
  expect(batchesUntilEarned(trust)).toBe(64);
  for (let batch = 0; batch < 64; batch += 1) trust.kept();
  trust.forget();
  expect(batchesUntilEarned(trust)).toBe(1);
});

it('another server in between begins the count anew', () => {
  const trust = new Trust();
  trust.broken();
  trust.looked(true);
  trust.looked(false);
  trust.looked(true);
  expect(trust.isEarned).toBe(false);
});
