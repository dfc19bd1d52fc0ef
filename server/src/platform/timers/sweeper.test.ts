import { afterEach, expect, it } from 'vitest';
import { type Due, Sweeper } from './sweeper.ts';

const NEVER = 2 ** 30;
const due = (id: string): Due => ({
  workspaceId: 'w',
  id,
  command: { kind: 'tick', input: { id } },
});
const sweepers: Sweeper[] = [];
afterEach(() => Promise.all(sweepers.splice(0).map((sweeper) => sweeper.close())));

/** Things that are due until their tick, but for those that stay so. */
function sweeping(
  ids: string[],
  { stuck = [] as string[], failing = false, sweepMs = NEVER } = {},
) {
  const waiting = new Set(ids);
  const ticks: string[] = [];
  const troubles: string[] = [];
  const sweeper = new Sweeper({
    findDue: (limit) => Promise.resolve([...waiting].slice(0, limit).map(due)),
    async tick({ id }) {
      if (failing) throw new Error('the database is away');
      ticks.push(id);
      await new Promise(setImmediate);
      if (!stuck.includes(id)) waiting.delete(id);
    },
    onTrouble: (error, what) => void troubles.push(`${what}: ${error}`),
    sweepMs,
  });
  sweepers.push(sweeper);
  return { sweeper, ticks, troubles, waiting };
}

it('R-1.10 whatever is due is ticked, by itself', async () => {
  const { ticks, waiting } = sweeping(['a', 'b'], { sweepMs: 1 });
  while (waiting.size > 0) await new Promise(setImmediate);
  expect([...new Set(ticks)].sort()).toEqual(['a', 'b']);
});

it('R-1.10 a sweep under way is waited for, not doubled', async () => {
  const { sweeper, ticks } = sweeping(['a']);
  await Promise.all([sweeper.sweep(), sweeper.sweep(), sweeper.sweep()]);
  expect(ticks).toEqual(['a']);
});

it('R-1.10 a tick after which a thing is still due is a bug, and told', async () => {
  const { sweeper, troubles } = sweeping(['a', 'b'], { stuck: ['b'] });
  await sweeper.sweep();
  expect(troubles).toEqual(['sweeping: Error: still due after their tick: b']);
});

it('R-1.10 one that fails is told, and the next sweep goes on', async () => {
  const { sweeper, troubles } = sweeping(['a'], { failing: true });
  await sweeper.sweep();
  await sweeper.sweep();
  expect(troubles).toHaveLength(2);
});
