import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turnstile } from './turnstile.ts';

const never = () => new Promise<never>(() => undefined);

describe('a turnstile', () => {
  it('lets in one a turn, in the order in which they came, whoever is still inside', async () => {
    const turnstile = new Turnstile();
    const begun: number[] = [];
    for (let n = 0; n < 10; n += 1)
      void turnstile.pass(() => {
        begun.push(n);
        return never();
      });
    const seen = [begun.length];
    for (let turn = 0; turn < 12; turn += 1) {
      await nextTurn();
      seen.push(begun.length);
    }
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const steps = seen.slice(1).map((count, turn) => count - (seen[turn] ?? 0));
    expect(Math.max(...steps)).toBe(1);
  });

  it('hands on what became of each, and a failure holds up nobody', async () => {
    const turnstile = new Turnstile();
    const failing = turnstile.pass(() => Promise.reject(new Error('broken')));
    const fine = turnstile.pass(async () => 'in');
    await expect(failing).rejects.toThrow('broken');
    expect(await fine).toBe('in');
  });
});
