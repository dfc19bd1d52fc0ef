import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { newId } from '../../../server/src/platform/ids.ts';
import { percentile } from '../statistics.ts';
import type { Crowd } from './crowd.ts';
import type { Latencies, LoadResult } from './orders.ts';
import { until } from './saturate.ts';
import { Tally } from './tally.ts';
import { AS_TEXT, messageFrame } from './text.ts';

const DRAIN_MS = 5_000;
/** The ticker is asked to wake us this much early, for it wakes late; the rest is waited out on the spot. */
const EARLY_MS = 0.12;
/** Time for the ticker's thread to start. */
const LEAD_MS = 300;

interface Pace {
  seconds: number;
  perSecond: number;
  idsFile?: string;
}

/**
 * An open loop: messages go out on schedule whether or not earlier ones have come through, and each is
 * timed from the moment the schedule wanted it sent. A server that stalls is thus charged for everything
 * that would have come during its stall.
 */
export async function pace(crowd: Crowd, order: Pace): Promise<LoadResult> {
  const { seconds, perSecond, idsFile } = order;
  const count = Math.round(seconds * perSecond);
  const everyMs = 1000 / perSecond;
  const tally = new Tally();
  const due = new Map<string, number>();
  const delivery: number[] = [];
  const acknowledgement: number[] = [];
  const lateness: number[] = [];
  const reachedIds = new Set<string>();

  crowd.listener = {
    acknowledged(id) {
      const scheduled = due.get(id);
      if (scheduled === undefined) return;
      tally.acknowledged += 1;
      acknowledgement.push(performance.now() - scheduled);
    },
    reached(id, entryId) {
      const scheduled = due.get(id);
      if (scheduled === undefined || reachedIds.has(id)) return tally.unexpected(entryId);
      delivery.push(performance.now() - scheduled);
      reachedIds.add(id);
      tally.reached(entryId);
    },
    refused: (_id, code) => tally.refused(code),
  };

  const start = performance.now() + LEAD_MS;
  const sendDue = () => {
    while (tally.sent < count) {
      const scheduled = start + tally.sent * everyMs;
      let now = performance.now();
      if (scheduled - now > 2 * EARLY_MS) return;
      while (now < scheduled) now = performance.now();
      const id = newId(Date.now());
      due.set(id, scheduled);
      lateness.push(now - scheduled);
      crowd.visitors[tally.sent % crowd.visitors.length]?.send(messageFrame(id), AS_TEXT);
      tally.sent += 1;
    }
  };
  const startsAt = performance.timeOrigin + start - EARLY_MS;
  const ticker = new Worker(new URL('./ticker.ts', import.meta.url), {
    workerData: { startsAt, everyMs, count },
  });
  ticker.on('message', sendDue);
  await delay(LEAD_MS + seconds * 1000 + 50);
  sendDue();
  tally.endTime();
  await until(() => reachedIds.size + tally.acknowledged >= 2 * count, DRAIN_MS);
  await ticker.terminate();
  if (idsFile) tally.writeIds(idsFile);
  return {
    ...tally.result(seconds),
    delivery: latenciesOf(delivery),
    acknowledgement: latenciesOf(acknowledgement),
    lateness: latenciesOf(lateness),
  };
}

function latenciesOf(values: readonly number[]): Latencies {
  const ascending = Float64Array.from(values).sort();
  return {
    p50: percentile(ascending, 0.5),
    p90: percentile(ascending, 0.9),
    p99: percentile(ascending, 0.99),
    p999: percentile(ascending, 0.999),
    max: ascending.at(-1) ?? Number.NaN,
  };
}
