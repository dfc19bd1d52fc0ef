import type { Cpu } from '../harness/cpu.ts';
import { withCpu } from '../harness/cpu.ts';
import type { Latencies, LoadResult } from '../harness/generator/orders.ts';
import type { Load } from '../harness/load.ts';
import { say } from '../harness/report.ts';
import { rounded, spreadOf } from '../harness/statistics.ts';

const PER_SECOND = 1_000;
export const VISITORS = 1_000;
export const AGENTS = 20;

/** One server under the paced load. */
export interface PacedSide {
  name: string;
  url: string;
  server: number;
  postgres?: number;
  runs: PacedRun[];
}

export interface PacedRun {
  delivery: Latencies;
  acknowledgement: Latencies;
  lateness: Latencies;
  /** CPU seconds per 1,000 messages. */
  cpu: Cpu;
  /** The share of the machine's CPU that others had meanwhile: 0 on a quiet one. */
  disturbance: number;
}

/** One run at 1,000 messages per second; throws when a message was lost, repeated or refused. */
export async function measurePaced(
  side: PacedSide,
  given: { load: Load; seconds: number; title: string; idsFile?: string },
): Promise<PacedRun> {
  const { load, seconds, title, idsFile } = given;
  const { result, cpu, disturbance } = await withCpu({ ...side, generator: load.pid }, () =>
    load.run({
      act: 'pace',
      url: side.url,
      seconds,
      perSecond: PER_SECOND,
      ...(idsFile ? { idsFile } : {}),
    }),
  );
  const perThousand = (value: number) => (value * 1000) / result.deliveredInAll;
  const run = {
    ...latenciesIn(result),
    cpu: {
      server: perThousand(cpu.server),
      postgres: perThousand(cpu.postgres),
      generator: perThousand(cpu.generator),
    },
    disturbance,
  };
  say(sentence(title, side.name, run));
  const { missing, repeated, refused } = result;
  if (missing > 0 || repeated > 0 || Object.keys(refused).length > 0)
    throw new Error(
      `${side.name} lost, repeated or refused messages: ${JSON.stringify({ missing, repeated, refused })}`,
    );
  return run;
}

function latenciesIn({ delivery, acknowledgement, lateness }: LoadResult) {
  if (!delivery || !acknowledgement || !lateness) throw new Error('the load was not paced');
  return { delivery, acknowledgement, lateness };
}

function sentence(title: string, name: string, run: PacedRun): string {
  const { delivery, lateness, cpu, disturbance } = run;
  const ms = ({ p50, p99, max }: Latencies) =>
    `p50 ${p50.toFixed(2)}, p99 ${p99.toFixed(2)}, max ${max.toFixed(1)}`;
  return (
    `  ${title.padEnd(8)} ${name.padEnd(9)} delivery ms: ${ms(delivery)}` +
    `  (generator late by ${ms(lateness)})` +
    `  CPU s/1000: server ${cpu.server.toFixed(3)}, PostgreSQL ${cpu.postgres.toFixed(3)}` +
    `  others ${(disturbance * 100).toFixed(0)} %`
  );
}

const quantiles = ['p50', 'p90', 'p99', 'p999', 'max'] as const;

/** Median and extremes over the runs, for each quantile. */
export function latencySummary(
  runs: readonly PacedRun[],
  of: 'delivery' | 'acknowledgement' | 'lateness',
) {
  return Object.fromEntries(
    quantiles.map((quantile) => {
      const { median, min, max } = spreadOf(runs.map((run) => run[of][quantile]));
      return [quantile, { median: rounded(median, 2), min: rounded(min, 2), max: rounded(max, 2) }];
    }),
  ) as Record<(typeof quantiles)[number], { median: number; min: number; max: number }>;
}

/** The share of the machine that others had, in percent. */
export function othersSummary(runs: readonly PacedRun[]) {
  const { median, min, max } = spreadOf(runs.map((run) => run.disturbance * 100));
  return { median: rounded(median), min: rounded(min), max: rounded(max) };
}

export function cpuSummary(runs: readonly PacedRun[]) {
  const of = (part: keyof Cpu) => rounded(spreadOf(runs.map((run) => run.cpu[part])).median, 3);
  return { server: of('server'), postgres: of('postgres'), generator: of('generator') };
}
