import { spawn } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { buses } from '../../chaos/options.ts';
import type { Report } from '../../chaos/report.ts';
import { natsProgram } from '../../server/src/testing/nats-server.ts';

/** Far more than it takes: recovery and restarts depend on the machine. */
const PATIENCE_MS = 300_000;

// Without the program `npm test` says so at its end.
describe.each(buses)('over %s', (bus) => {
  const mayRun = bus !== 'nats' || natsProgram !== null;
  it.runIf(mayRun)(
    'R-5.2 nothing acknowledged is lost, doubled or reordered by three servers, whatever is killed or cut',
    async () => {
      const { report, code, output } = await chaos('--short', '--servers', '3', '--bus', bus);
      const none = { lost: 0, doubled: 0, reordered: 0 };
      expect(report, output).toMatchObject({ ...none, servers: 3, bus, holds: true });
      expect(code).toBe(0);
      expect(report.acknowledged).toBeGreaterThan(3_000);
      expect(Object.values(report.blows).length).toBeGreaterThan(0);
      expect(report.inFlight).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );
});

it.each([
  // One kill may meet nothing that was acknowledged and not yet committed: so there are eight.
  { what: 'acknowledges before it commits', kind: 'ack-early', charge: 'lost', rounds: 8 },
  { what: 'does again what is sent again', kind: 'no-dedupe', charge: 'doubled', rounds: 1 },
  { what: 'leaves out what it missed of the log', kind: 'skip-gap', charge: 'lost', rounds: 1 },
  { what: 'never asks where the log ends', kind: 'lose-last-pulse', charge: 'lost', rounds: 1 },
] as const)(
  'R-5.2 a server that $what is found out',
  async ({ kind, charge, rounds }) => {
    const { report, code, output } = await chaos('--break', kind, '--rounds', String(rounds));
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
