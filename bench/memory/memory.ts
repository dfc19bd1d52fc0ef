import { setTimeout as delay } from 'node:timers/promises';
import { assertDurable, startDeskbell } from '../harness/deskbell.ts';
import { familyOf, sharedMemoryOf } from '../harness/proc.ts';
import { type Outcome, sayMachine, sayTable } from '../harness/report.ts';
import { sized } from '../harness/size.ts';
import { rounded } from '../harness/statistics.ts';
import { createWorkspace } from '../harness/workspace.ts';

const TARGET_MIB = 250;
/** By then code is loaded and what the start needed is given back, in ms. */
const SETTLING_MS = sized(60_000, 3_000);
const READINGS = 5;
const MIB = 1024 ** 2;

/**
 * What an idle server and its database hold, as the kernel shares it out (PSS): a page that several
 * processes have is counted once in all, so PostgreSQL's shared buffers aren't counted per process.
 */
export async function bench(): Promise<Outcome> {
  const deskbell = await startDeskbell();
  sayMachine(await assertDurable(deskbell.sql));
  await createWorkspace(deskbell, 1);
  await delay(SETTLING_MS);
  const readings: { server: number; postgres: number }[] = [];
  for (let turn = 0; turn < READINGS; turn += 1) {
    readings.push({
      server: sharedMemoryOf(deskbell.pid) / MIB,
      postgres: sum(familyOf(deskbell.postgresPid).map(sharedMemoryOf)) / MIB,
    });
    await delay(1_000);
  }
  const worst = (read: (reading: { server: number; postgres: number }) => number) =>
    rounded(Math.max(...readings.map(read)), 1);
  const server = worst((reading) => reading.server);
  const postgres = worst((reading) => reading.postgres);
  const together = worst((reading) => reading.server + reading.postgres);
  sayTable(
    ['MiB (PSS), idle', 'server', 'PostgreSQL', 'together'],
    [['deskbell', server.toFixed(1), postgres.toFixed(1), together.toFixed(1)]],
  );
  return {
    bench: 'memory',
    figures: { server, postgres, together, readings: READINGS },
    target: `≤ ${TARGET_MIB} MiB together`,
    holds: together <= TARGET_MIB,
  };
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
