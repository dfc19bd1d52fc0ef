import path from 'node:path';
import { assertDurable, startDeskbell } from '../harness/deskbell.ts';
import { Load } from '../harness/load.ts';
import { type Outcome, sayMachine, sayTable, shown } from '../harness/report.ts';
import { rounded } from '../harness/statistics.ts';
import { assertStored, folderForIds } from '../harness/stored.ts';
import { createWorkspace, openConversations, visitorSeats } from '../harness/workspace.ts';
import { bareSeats, startBareRelay } from '../relay/start-bare-relay.ts';
import {
  AGENTS,
  cpuSummary,
  latencySummary,
  measurePaced,
  othersSummary,
  type PacedSide,
  VISITORS,
} from './paced.ts';

const RUNS = 3;
const SECONDS = 20;
const WARM_UP_SECONDS = 5;
const P50_MS = 0.8;
const P99_MS = 3;

/**
 * Delivery latency at a steady 1,000 messages per second with 1,000 visitors connected, from the
 * moment the schedule wanted a message sent to its arrival at the agent's desk.
 */
export async function bench(): Promise<Outcome> {
  const deskbell = await startDeskbell();
  const durability = await assertDurable(deskbell.sql);
  sayMachine(durability);
  const workspace = await createWorkspace(deskbell, AGENTS);
  const seats = await openConversations(deskbell, workspace, visitorSeats(workspace, VISITORS));
  const relay = await startBareRelay(AGENTS);
  const load = new Load();
  await load.connect(seats);
  await load.connect(bareSeats(relay.url, { agents: AGENTS, visitors: VISITORS }));
  const baseline: PacedSide = { name: 'baseline', url: relay.url, server: relay.pid, runs: [] };
  const measured: PacedSide = {
    name: 'deskbell',
    url: seats.url,
    server: deskbell.pid,
    postgres: deskbell.postgresPid,
    runs: [],
  };

  const idsFolder = folderForIds();
  for (let round = -1; round < RUNS; round += 1)
    for (const side of [baseline, measured]) {
      const run = await measurePaced(side, {
        load,
        title: round < 0 ? 'warm-up' : `run ${round + 1}`,
        seconds: round < 0 ? WARM_UP_SECONDS : SECONDS,
        ...(side === measured ? { idsFile: path.join(idsFolder, `${round}`) } : {}),
      });
      if (round >= 0) side.runs.push(run);
    }
  const stored = await assertStored(deskbell, idsFolder, VISITORS);
  return conclude({ baseline, measured, durability, stored });
}

function conclude(found: {
  baseline: PacedSide;
  measured: PacedSide;
  durability: object;
  stored: object;
}): Outcome {
  const { baseline, measured, durability, stored } = found;
  const rows = [baseline, measured].map(({ name, runs }) => ({
    name,
    delivery: latencySummary(runs, 'delivery'),
    acknowledgement: latencySummary(runs, 'acknowledgement'),
    lateness: latencySummary(runs, 'lateness'),
    cpuPerThousand: cpuSummary(runs),
    othersPercent: othersSummary(runs),
  }));
  sayTable(
    ['delivery in ms, median (min–max)', 'p50', 'p90', 'p99', 'p99.9', 'max'],
    rows.map(({ name, delivery }) => [
      name,
      ...Object.values(delivery).map((spread) => shown(spread, 2)),
    ]),
  );
  const [thin, ours] = rows;
  if (!thin || !ours) throw new Error('both sides were measured');
  const { p50, p99 } = ours.delivery;
  return {
    bench: 'rate',
    figures: { baseline: thin, deskbell: ours, durability, stored },
    ratio: rounded(p50.median / thin.delivery.p50.median, 2),
    target: `p50 ≤ ${P50_MS} ms, p99 ≤ ${P99_MS} ms`,
    holds: p50.median <= P50_MS && p99.median <= P99_MS,
  };
}
