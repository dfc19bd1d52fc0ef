import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../server/src/platform/database/free-port.ts';
import { assertDurable, newDataFolder, startDeskbell } from '../harness/deskbell.ts';
import { startModule } from '../harness/processes.ts';
import { type Outcome, say, sayMachine, sayTable } from '../harness/report.ts';
import { sized } from '../harness/size.ts';
import { percentile, rounded } from '../harness/statistics.ts';
import { createWorkspace } from '../harness/workspace.ts';
import { Probe } from './probe.ts';

const WIDGETS = sized(10_000, 200);
const TARGET_S = 30;
const TARGET_P99_MS = 50;
/** Given up after so long, in ms. */
const PATIENCE_MS = 180_000;

/**
 * A server with 10,000 open widgets is started again: how long until the last of them is connected,
 * counted from when the server answers, and how long messages take meanwhile. The widgets run the
 * published client, in a process of their own, with the waits that it has everywhere.
 */
export async function bench(): Promise<Outcome> {
  const [dataFolder, port] = [newDataFolder(), await freePort()];
  const before = await startDeskbell([], { dataFolder, port });
  sayMachine(await assertDurable(before.sql));
  const workspace = await createWorkspace(before, 1);
  const token = () => randomBytes(24).toString('hex');
  const inbox = workspace.inboxKey;
  const probe = new Probe({
    ...{ baseUrl: before.url, inbox, visitorToken: token() },
    agentToken: workspace.tokens[0] ?? '',
  });
  await probe.open();
  const widgets = startModule(new URL('./widgets.ts', import.meta.url));
  let live = 0;
  widgets.child.on('message', (said) => {
    live = (said as { live: number }).live;
  });
  widgets.child.send({
    baseUrl: before.url,
    inbox,
    tokens: Array.from({ length: WIDGETS }, token),
  });
  await until(() => live === WIDGETS);
  say(`  ${live} widgets are connected`);

  await before.stop();
  await until(() => live === 0);
  await startDeskbell([], { dataFolder, port });
  const ready = performance.now();
  const half = until(() => live >= WIDGETS / 2).then(() => performance.now() - ready);
  await probe.isLive();
  probe.start();
  await until(() => live === WIDGETS);
  const lastMs = performance.now() - ready;
  const lost = await probe.end(30_000);
  probe.stop();
  return conclude({ lastMs, halfMs: await half, latencies: probe.latencies, lost });
}

async function until(isSo: () => boolean): Promise<void> {
  const started = performance.now();
  while (!isSo()) {
    if (performance.now() - started > PATIENCE_MS) throw new Error('it took longer than 3 minutes');
    await delay(10);
  }
}

function conclude(found: {
  lastMs: number;
  halfMs: number;
  latencies: number[];
  lost: number;
}): Outcome {
  const ascending = found.latencies.toSorted((one, other) => one - other);
  const [p50, p99] = [0.5, 0.99].map((share) => rounded(percentile(ascending, share), 1));
  const lastSeconds = rounded(found.lastMs / 1000, 1);
  const halfSeconds = rounded(found.halfMs / 1000, 1);
  sayTable(
    [
      'after the restart',
      'half are back, s',
      'all, s',
      'messages',
      'p50 ms',
      'p99 ms',
      'not arrived',
    ],
    [
      [
        `${WIDGETS} widgets`,
        ...[halfSeconds, lastSeconds, ascending.length, p50, p99, found.lost].map(String),
      ],
    ],
  );
  return {
    bench: 'reconnect',
    figures: {
      widgets: WIDGETS,
      halfSeconds,
      lastSeconds,
      messages: ascending.length,
      p50,
      p99,
      notArrived: found.lost,
    },
    target: `all within ${TARGET_S} s, live messages' p99 ≤ ${TARGET_P99_MS} ms`,
    holds: lastSeconds <= TARGET_S && (p99 ?? Number.NaN) <= TARGET_P99_MS && found.lost === 0,
  };
}
