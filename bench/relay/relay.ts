import path from 'node:path';
import { type Cpu, withCpu } from '../harness/cpu.ts';
import { assertDurable, startDeskbell } from '../harness/deskbell.ts';
import type { LoadResult } from '../harness/generator/orders.ts';
import { Load } from '../harness/load.ts';
import { type Outcome, say, sayMachine, sayTable, shown } from '../harness/report.ts';
import { rounded, spreadOf } from '../harness/statistics.ts';
import { assertStored, folderForIds, type Stored } from '../harness/stored.ts';
import { createWorkspace, openConversations, visitorSeats } from '../harness/workspace.ts';
import { bareSeats, startBareRelay } from './start-bare-relay.ts';

const AGENTS = 20;
const VISITORS = 200;
const RUNS = 5;
const SECONDS = 8;
const WARM_UP_SECONDS = 4;
const TARGET = 0.5;

interface Side {
  name: 'baseline' | 'deskbell';
  url: string;
  server: number;
  postgres?: number;
  runs: Run[];
}

interface Run {
  perSecond: number;
  /** µs per delivered message. */
  cpu: Cpu;
  /** The share of the machine's CPU that others had meanwhile: 0 on a quiet one. */
  disturbance: number;
  result: LoadResult;
}

/**
 * Delivered messages per second of 200 visitors and 20 agents: Deskbell, which stores each before it
 * says so, by a bare relay that stores nothing. In turn, so that both meet the same machine.
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

  const sides: Side[] = [
    { name: 'baseline', url: relay.url, server: relay.pid, runs: [] },
    {
      name: 'deskbell',
      url: seats.url,
      server: deskbell.pid,
      postgres: deskbell.postgresPid,
      runs: [],
    },
  ];
  const idsFolder = folderForIds();
  for (let round = -1; round < RUNS; round += 1)
    for (const side of sides) {
      const run = await measure(side, { load, round, idsFolder });
      if (round >= 0) side.runs.push(run);
    }
  // Each conversation was opened by one message before the load began.
  const stored = await assertStored(deskbell, idsFolder, VISITORS);
  return conclude(sides, { durability, stored });
}

async function measure(
  side: Side,
  { load, round, idsFolder }: { load: Load; round: number; idsFolder: string },
): Promise<Run> {
  const { result, cpu, disturbance } = await withCpu({ ...side, generator: load.pid }, () =>
    load.run({
      act: 'saturate',
      url: side.url,
      seconds: round < 0 ? WARM_UP_SECONDS : SECONDS,
      ...(side.name === 'deskbell' ? { idsFile: path.join(idsFolder, `${round}`) } : {}),
    }),
  );
  const perMessage = (seconds: number) => (seconds * 1e6) / result.deliveredInAll;
  const run = {
    perSecond: result.delivered / result.seconds,
    cpu: {
      server: perMessage(cpu.server),
      postgres: perMessage(cpu.postgres),
      generator: perMessage(cpu.generator),
    },
    disturbance,
    result,
  };
  say(sentence(side.name, round, run));
  assertWhole(side.name, result);
  return run;
}

function sentence(name: string, round: number, run: Run): string {
  const { perSecond, cpu, disturbance, result } = run;
  const { server, postgres, generator } = cpu;
  const number = round < 0 ? 'warm-up' : `run ${round + 1}`;
  return (
    `  ${number.padEnd(8)} ${name.padEnd(9)} ${perSecond.toFixed(0).padStart(6)}/s` +
    `  CPU µs/message: server ${server.toFixed(1)}, PostgreSQL ${postgres.toFixed(1)}, generator ${generator.toFixed(1)}` +
    `  others ${(disturbance * 100).toFixed(0)} %` +
    (result.repeated > 0 ? `  repeated ${result.repeated}` : '')
  );
}

function assertWhole(name: string, { missing, refused, repeated }: LoadResult): void {
  if (missing === 0 && repeated === 0 && Object.keys(refused).length === 0) return;
  throw new Error(
    `${name} lost, repeated or refused messages: ${JSON.stringify({ missing, repeated, refused })}`,
  );
}

function conclude(sides: Side[], more: { durability: object; stored: Stored }): Outcome {
  const figures = Object.fromEntries(sides.map((side) => [side.name, summary(side)]));
  say();
  sayTable(
    ['median (min–max)', 'messages/s', 'server µs', 'PostgreSQL µs', 'generator µs', 'others %'],
    sides.map(({ name, runs }) => [
      name,
      shown(spreadOf(runs.map((run) => run.perSecond))),
      ...(['server', 'postgres', 'generator'] as const).map((part) =>
        shown(spreadOf(runs.map((run) => run.cpu[part])), 1),
      ),
      shown(spreadOf(runs.map((run) => run.disturbance * 100))),
    ]),
  );
  const [baseline, deskbell] = sides.map(
    ({ runs }) => spreadOf(runs.map((run) => run.perSecond)).median,
  );
  const ratio = (deskbell ?? 0) / (baseline ?? 1);
  return {
    bench: 'relay',
    figures: { ...figures, ...more },
    ratio: rounded(ratio, 3),
    target: `≥ ${TARGET} × the bare relay`,
    holds: ratio >= TARGET,
  };
}

function summary({ runs }: Side) {
  const of = (read: (run: Run) => number, digits: number) => {
    const { median, min, max } = spreadOf(runs.map(read));
    return {
      median: rounded(median, digits),
      min: rounded(min, digits),
      max: rounded(max, digits),
    };
  };
  return {
    perSecond: of((run) => run.perSecond, 0),
    serverMicroseconds: of((run) => run.cpu.server, 1),
    postgresMicroseconds: of((run) => run.cpu.postgres, 1),
    generatorMicroseconds: of((run) => run.cpu.generator, 1),
    othersPercent: of((run) => run.disturbance * 100, 0),
  };
}
