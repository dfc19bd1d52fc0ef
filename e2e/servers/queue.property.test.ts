import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../resume/stage.ts';
import {
  leftWaiting,
  overdue,
  overloaded,
  queued,
  type Rows,
  readRows,
  shownTo,
} from './by-rows.ts';
import { type History, histories, names } from './histories.ts';
import { Staff } from './staff.ts';

/** Of two histories each, with a rush and three or four rounds of up to seventeen acts at once. */
const RUNS = 3;
/** A server that was killed takes its time, and so does a machine that has other things to do. */
const PATIENCE_MS = 30_000;

let staff: Staff;
beforeAll(async () => {
  staff = await Staff.open();
});
afterAll(() => staff.close());

test('R-1.6, R-2.1, R-3.3, R-3.4, R-3.6 whatever people do at once on several servers, and whatever breaks, all are shown the same queue, as far as they may see it, and nobody who fits is left in it', async () => {
  const seen = { queued: 0, ofTeams: 0, differently: 0 };
  const live = async (history: History) => {
    await staff.beginAnew(history);
    let rows = await readRows(staff.stage.world);
    for (const round of history.rounds) {
      const before = rows;
      await staff.play(round);
      rows = await quiet({ before, allowed: (agentId) => staff.allowedIn(round, agentId) });
      await staff.mend(round);
      seen.queued += queued(rows).length;
      seen.ofTeams += queued(rows).filter(({ teamId }) => teamId !== null).length;
      if (new Set(queuesBy(rows)).size > 1) seen.differently += 1;
    }
  };
  const property = fc.asyncProperty(histories, async (both) => {
    for (const history of both) await live(history);
  });
  // To shrink it would wait as long again for each smaller one that fails.
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
  // Somebody waited, also for a team, and not everybody saw all who did.
  expect(seen.queued).toBeGreaterThan(2 * RUNS);
  expect(seen.ofTeams).toBeGreaterThan(0);
  expect(seen.differently).toBeGreaterThan(2 * RUNS);
});

/** Waits until every desk shows what the rows say, and the rows are as the rules want them; resolves with these. */
async function quiet(since: Parameters<typeof overloaded>[1]): Promise<Rows> {
  const { world } = staff.stage;
  let rows: Rows | undefined;
  await until(async () => {
    rows = await readRows(world);
    const told = staff.told();
    for (const name of names)
      expect({ name, ...told.get(name) }).toEqual({ name, ...shownTo(rows, world[name].agentId) });
    expect(leftWaiting(rows)).toEqual([]);
    expect(overloaded(rows, since)).toEqual([]);
    expect(overdue(rows)).toEqual([]);
  }, PATIENCE_MS);
  return rows as unknown as Rows;
}

const queuesBy = (rows: Rows): string[] =>
  names.map((name) => String(shownTo(rows, staff.stage.world[name].agentId).lists.queue));
