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
import { type Act, type History, histories, type Name, names, type Round } from './histories.ts';
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

test('R-2.1, R-3.3 whatever lets somebody be served does so alone, and is shown to all', async () => {
  const own = (
    [
      ['ann', 1],
      ['ben', 1],
      ['tess', 1],
      ['tom', 1],
    ] as const
  ).map(([who, most]) => capacity(who, most));
  await staff.beginAnew({ own, rounds: [] });
  let rows = await readRows(staff.stage.world);
  /** Does this and nothing else, and waits until so many are left in the queue. */
  const then = async (left: number, acts: Act[], meanwhile: Round['meanwhile'] = 'nothing') => {
    const round: Round = { acts, meanwhile };
    await staff.play(round);
    const since = { before: rows, allowed: (id: string) => staff.allowedIn(round, id) };
    rows = await quiet(since, (now) =>
      expect({ acts, left: queued(now).length }).toEqual({ acts, left }),
    );
  };
  const first = async (
    who: Name,
    kind: Extract<Act, { what: 'command' }>['kind'],
  ): Promise<Act> => {
    return { what: 'command', who, isOwn: true, kind, which: await staff.firstOf(who) };
  };

  await then(1, [{ what: 'routing', routing: 'least-busy' }]);
  await then(0, [capacity('ann', 2)]);
  await then(1, [writes(0, 'shop')]);
  await then(1, [availability('ben', 'away')]);
  await then(1, [capacity('ben', 2)]);
  await then(0, [availability('ben', 'online')]);
  await then(1, [writes(1, 'shop')]);
  await then(0, [await first('ann', 'conversation.close')]);
  await then(1, [writes(2, 'shop')]);
  await then(0, [await first('tess', 'conversation.mark-pending')]);
  await then(1, [writes(3, 'shop')]);
  await staff.raiseAndDie('ben', 3);
  rows = await readRows(staff.stage.world);
  await then(0, []);
  await then(1, [writes(0, 'wholesale')]);
  await then(0, [{ what: 'team of an inbox', team: 'sales', inbox: 'wholesale', isIn: true }]);
  await then(1, [writes(1, 'wholesale')]);
  await then(0, [{ what: 'member', who: 'cara', inbox: 'wholesale', isIn: true }]);
  // Tess sees it only because she takes part.
  const anns = await staff.firstOf('ann');
  const of = { what: 'command', isOwn: false, which: anns } as const;
  await then(0, [{ ...of, who: 'tess', kind: 'conversation.join' }]);
  await then(0, [{ what: 'team member', who: 'tess', team: 'support', isIn: false }]);
  const had = staff.told().get('tess')?.lists.pending?.length ?? 0;
  await then(0, [{ ...of, who: 'ann', kind: 'conversation.mark-pending' }]);
  expect(staff.told().get('tess')?.lists.pending).toHaveLength(had + 1);
  const bens = await staff.firstOf('ben');
  await then(1, [{ what: 'transfer', who: 'ben', which: bens, team: 'sales' }]);
  const waiting = await staff.firstOf(null);
  // Tom learns only when he comes back that it has gone.
  const back: Act = { what: 'transfer', who: 'susan', which: waiting, team: 'support' };
  await then(0, [back], 'lines are down');
});

const capacity = (who: Name, most: number): History['own'][number] => {
  return { what: 'capacity', who, capacity: most };
};
const availability = (who: Name, as: 'online' | 'away'): Act => {
  return { what: 'availability', who, availability: as, conversations: 'keep' };
};
const writes = (visitor: number, inbox: 'shop' | 'wholesale'): Act => {
  return { what: 'write', visitor, inbox };
};

/** Waits until every desk shows what the rows say, and the rows are as the rules want them; resolves with these. */
async function quiet(
  since: Parameters<typeof overloaded>[1],
  look: (rows: Rows) => void = () => undefined,
): Promise<Rows> {
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
    look(rows);
  }, PATIENCE_MS);
  return rows as unknown as Rows;
}

const queuesBy = (rows: Rows): string[] =>
  names.map((name) => String(shownTo(rows, staff.stage.world[name].agentId).lists.queue));
