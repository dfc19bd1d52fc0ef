import { assertDurable, type Deskbell, newDataFolder, startDeskbell } from '../harness/deskbell.ts';
import { type Outcome, say, sayMachine, sayTable, shown } from '../harness/report.ts';
import { sized } from '../harness/size.ts';
import { rounded, roundedSpread, spreadOf } from '../harness/statistics.ts';
import { createWorkspace } from '../harness/workspace.ts';

const TARGET_MS = 2_000;
const RUNS = sized(7, 2);

/**
 * From the start of the process to the first answer of `/readyz`, with the data of an earlier run: its
 * own PostgreSQL included. What npm does before it isn't part of it.
 */
export async function bench(): Promise<Outcome> {
  const dataFolder = newDataFolder();
  const first = await timed(dataFolder);
  sayMachine(await assertDurable(first.deskbell.sql));
  await createWorkspace(first.deskbell, 1);
  await first.deskbell.stop();
  const starts: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { deskbell, ms } = await timed(dataFolder);
    starts.push(ms);
    say(`  run ${run + 1}: ${ms.toFixed(0)} ms`);
    await deskbell.stop();
  }
  const spread = spreadOf(starts);
  sayTable(
    ['ms until ready', 'empty folder', 'existing data, median (min–max)'],
    [['deskbell', first.ms.toFixed(0), shown(spread)]],
  );
  return {
    bench: 'start',
    figures: { emptyMs: rounded(first.ms), existingMs: roundedSpread(spread), runs: RUNS },
    target: `≤ ${TARGET_MS} ms with existing data`,
    holds: spread.median <= TARGET_MS,
  };
}

async function timed(dataFolder: string): Promise<{ deskbell: Deskbell; ms: number }> {
  const started = performance.now();
  const deskbell = await startDeskbell([], { dataFolder });
  const answer = await fetch(`${deskbell.url}/readyz`);
  if (!answer.ok) throw new Error(`it says that it is there, and isn't ready: ${answer.status}`);
  return { deskbell, ms: performance.now() - started };
}
