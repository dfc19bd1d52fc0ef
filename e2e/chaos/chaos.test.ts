import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Report } from '../../chaos/report.ts';

/** Far more than it takes: recovery and restarts depend on the machine. */
const PATIENCE_MS = 300_000;

it(
  'R-5.2 nothing acknowledged is lost, doubled or reordered, whatever is killed or cut',
  async () => {
    const { report, code, output } = await chaos('--short');
    expect(report, output).toMatchObject({ lost: 0, doubled: 0, reordered: 0, holds: true });
    expect(code).toBe(0);
    expect(report.acknowledged).toBeGreaterThan(3_000);
    expect(Object.values(report.blows).length).toBeGreaterThan(0);
    expect(report.inFlight).toBeGreaterThan(0);
  },
  PATIENCE_MS,
);

it.each([
  ['acknowledges before it commits', 'ack-early', 'lost'],
  ['does again what is sent again', 'no-dedupe', 'doubled'],
  ['leaves out what it missed of the log', 'skip-gap', 'lost'],
  ['never asks where the log ends', 'lose-last-pulse', 'lost'],
] as const)(
  'R-5.2 a server that %s is found out',
  async (_what, kind, charge) => {
    const { report, code, output } = await chaos('--break', kind);
    expect(report.holds, output).toBe(false);
    expect(report[charge], output).toBeGreaterThan(0);
    expect(code).toBe(1);
  },
  PATIENCE_MS,
);

/** Runs the kill test as a person does. It ends when we do: the channel between us closes then. */
async function chaos(...options: string[]) {
  const program = path.join(import.meta.dirname, '../../chaos/chaos.ts');
  const child = spawn(process.execPath, [program, '--json', ...options], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  expect(last, output).toMatch(/^\{/);
  return { report: JSON.parse(last) as Report, code, output };
}
