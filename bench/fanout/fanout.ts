import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { withCpu } from '../harness/cpu.ts';
import { assertDurable, startDeskbell } from '../harness/deskbell.ts';
import { nextMessage, startModule } from '../harness/processes.ts';
import { type Outcome, say, sayMachine, sayTable, shown } from '../harness/report.ts';
import { sized } from '../harness/size.ts';
import { rounded, roundedSpread, spreadOf } from '../harness/statistics.ts';
import { createWorkspace, openConversations, visitorSeats } from '../harness/workspace.ts';
import { Crowd } from './crowd.ts';

/** The desks are those of 20 agents: each is a stream of its own, whoever sits at it. */
const AGENTS = 20;
const DESKS = sized(500, 40);
const MESSAGES = sized(400, 20);
const RUNS = sized(5, 1);
const WARM_UP = -1;
const TARGET = 1.3;

interface Run {
  /** µs of the server's CPU for each desk and frame. */
  microseconds: number;
  frames: number;
  bytesPerFrame: number;
  disturbance: number;
}

/**
 * What a change costs the server for each desk that watches it, by what plain `ws` needs to send frames
 * of the same number and mean size to as many sockets. The change's own cost (storing it) is in ours.
 */
export async function bench(): Promise<Outcome> {
  const deskbell = await startDeskbell();
  const durability = await assertDurable(deskbell.sql);
  sayMachine(durability);
  const workspace = await createWorkspace(deskbell, AGENTS);
  const seats = await openConversations(deskbell, workspace, visitorSeats(workspace, 1));
  const watch = seats.agents[0]?.watches[0] ?? '';
  const desks = new Crowd();
  for (let desk = 0; desk < DESKS; desk += 1)
    await desks.join(seats.url, [seats.agents[desk % AGENTS]?.hello ?? '', watch]);
  const visitor = await speaker(seats.url, seats.visitors[0]?.hello ?? '');

  const bare = startModule(new URL('./bare-broadcaster.ts', import.meta.url));
  const { url } = await nextMessage<{ url: string }>(bare);
  const sockets = new Crowd();
  for (let socket = 0; socket < DESKS; socket += 1) await sockets.join(url, []);

  const [ours, thin]: [Run[], Run[]] = [[], []];
  for (let run = WARM_UP; run < RUNS; run += 1) {
    await desks.ping();
    const found = await measure(desks, deskbell.pid, async () => {
      for (let message = 0; message < MESSAGES; message += 1) await desks.after(DESKS, visitor.say);
    });
    const rounds = Math.round(found.frames / DESKS);
    const plain = await measure(sockets, bare.pid, async () => {
      for (let round = 0; round < rounds; round += 1)
        await sockets.after(DESKS, () => bare.child.send(Math.round(found.bytesPerFrame)));
    });
    sayRun(run, found, plain);
    if (run === WARM_UP) continue;
    ours.push(found);
    thin.push(plain);
  }
  visitor.close();
  desks.leave();
  sockets.leave();
  return conclude({ ours, thin, durability });
}

async function measure(crowd: Crowd, server: number, act: () => Promise<void>): Promise<Run> {
  const before = { frames: crowd.frames, bytes: crowd.bytes };
  const { cpu, disturbance } = await withCpu({ server, generator: process.pid }, act);
  const frames = crowd.frames - before.frames;
  return {
    microseconds: (cpu.server * 1e6) / frames,
    frames,
    bytesPerFrame: (crowd.bytes - before.bytes) / frames,
    disturbance,
  };
}

function sayRun(run: number, ours: Run, thin: Run): void {
  const name = run === WARM_UP ? 'warm-up' : `run ${run + 1}`;
  say(
    `  ${name.padEnd(8)} µs per desk and frame: ${ours.microseconds.toFixed(2)}, bare ws ${thin.microseconds.toFixed(2)}` +
      `  (${ours.frames} frames of ${ours.bytesPerFrame.toFixed(0)} bytes; others ${(ours.disturbance * 100).toFixed(0)} %)`,
  );
}

/** Somebody who writes one message after the other. */
async function speaker(url: string, hello: string) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => socket.send(hello));
    socket.once('message', () => resolve());
  });
  return {
    say: () =>
      socket.send(
        JSON.stringify({
          t: 'command',
          id: randomUUID(),
          kind: 'message.receive',
          input: { text: 'Where is my parcel? It was promised for this morning.' },
        }),
      ),
    close: () => socket.close(),
  };
}

function conclude({
  ours,
  thin,
  durability,
}: {
  ours: Run[];
  thin: Run[];
  durability: object;
}): Outcome {
  const [mine, bare] = [ours, thin].map((runs) => spreadOf(runs.map((run) => run.microseconds)));
  if (!mine || !bare) throw new Error('both sides were measured');
  sayTable(
    ['server CPU per desk and frame, median (min–max)', 'µs'],
    [
      ['bare ws', shown(bare, 2)],
      ['deskbell', shown(mine, 2)],
    ],
  );
  const ratio = mine.median / bare.median;
  return {
    bench: 'fanout',
    figures: {
      desks: DESKS,
      baseline: roundedSpread(bare, 2),
      deskbell: roundedSpread(mine, 2),
      durability,
    },
    ratio: rounded(ratio, 2),
    target: `≤ ${TARGET} × bare ws`,
    holds: ratio <= TARGET,
  };
}
