import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Visitor } from '../../chaos/clients/visitor.ts';
import { freezeServer } from '../../chaos/faults/moment.ts';
import { judge } from '../../chaos/oracle/judge.ts';
import { endsOf, readTables } from '../../chaos/oracle/tables.ts';
import { openPlace, type Place } from '../../chaos/place/place.ts';
import { signal, undoAll } from '../../chaos/processes.ts';
import { seeded } from '../../chaos/random.ts';

const LOOK_MS = 50;
const VISITORS = 24;
const random = seeded(52);

let place: Place;
/** Half of the visitors know only the first server, half only the second. */
let visitors: Visitor[] = [];

beforeAll(async () => {
  place = await openPlace({ kind: 'none', agents: 1, visitors: VISITORS, random });
  visitors = place.people.visitors.map(
    ({ token }, index) =>
      new Visitor({
        ...place.people,
        index,
        token,
        addresses: [place.addresses[index % 2] as string],
        random: seeded(index),
        pace: { everyMs: 40, replies: 0 },
      }),
  );
});
afterAll(async () => {
  for (const visitor of visitors) visitor.link.close();
  await undoAll();
});

const acknowledged = () => visitors.reduce((sum, { outbox }) => sum + outbox.acknowledged, 0);

async function becomes(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(LOOK_MS);
}

/** By the database's clock, in ms. */
async function clock(): Promise<number> {
  const [row] = await place.database.sql<{ now: number }[]>`
    select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`;
  return row?.now ?? Number.NaN;
}

/** When the first batch after that moment had the lock, by the database's clock; null while there is none. */
async function nextBatchAfter(moment: number): Promise<number | null> {
  const [row] = await place.database.sql<{ at: number | null }[]>`
    select min(at) as at from log where at > ${moment}`;
  return row?.at ?? null;
}

it('R-5.2 a stopped server frees the workspace within 6 s, and loses and doubles nothing afterwards', async () => {
  await becomes(() => acknowledged() > VISITORS * 10);

  const { pid, inFlight } = await freezeServer(place.database.sql, place.first, {
    random,
    isHeld: true,
  });
  const stoppedAt = await clock();
  expect(inFlight).toMatch(/open|writing/);

  let lockedAt: number | null = null;
  await becomes(async () => {
    lockedAt = await nextBatchAfter(stoppedAt);
    return lockedAt !== null;
  });
  const waitedMs = Number(lockedAt) - stoppedAt;
  // It was really held: no batch of the second server came through before PostgreSQL's timeout.
  expect(waitedMs).toBeGreaterThan(1_000);
  expect(waitedMs).toBeLessThanOrEqual(6_000);

  const before = acknowledged();
  await becomes(() => acknowledged() > before + VISITORS);
  signal(pid, 'SIGCONT');
  for (const visitor of visitors) visitor.hush();
  await becomes(() => visitors.every(({ outbox }) => outbox.size === 0));

  const tables = await readTables(place.database.sql);
  await becomes(() => visitors.every((visitor) => visitor.shows(endsOf(tables))));
  const findings = judge(
    visitors.map((visitor) => visitor.account()),
    tables,
  );
  expect(Object.values(findings).flat()).toEqual([]);
});
