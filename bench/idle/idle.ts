import { setTimeout as delay } from 'node:timers/promises';
import { startDeskbell } from '../harness/deskbell.ts';
import type { Seats } from '../harness/generator/orders.ts';
import { Load } from '../harness/load.ts';
import { type Outcome, say, sayTable } from '../harness/report.ts';
import { rounded } from '../harness/statistics.ts';
import { createWorkspace, visitorSeats } from '../harness/workspace.ts';
import { bareSeats, startBareRelay } from '../relay/start-bare-relay.ts';
import { Inspector, type Memory } from './inspector.ts';

const VISITORS = 5_000;
/**
 * Connected and gone again before the first reading: code is loaded, database connections are open.
 * Few, for what many leave behind would be room for those that are counted.
 */
const WARM_UP_VISITORS = 100;
const INSPECT = ['--inspect=127.0.0.1:0'];
const TARGET_KIB = 20;

interface Side {
  name: 'baseline' | 'deskbell';
  errors(): string;
  seats(count: number): Seats;
}

/** Memory that one connected visitor costs who looks at a page and says nothing. */
export async function bench(): Promise<Outcome> {
  const deskbell = await startDeskbell(INSPECT);
  const workspace = await createWorkspace(deskbell, 0);
  const relay = await startBareRelay(1, INSPECT);
  const sides: Side[] = [
    {
      name: 'baseline',
      errors: relay.errors,
      seats: (count) => bareSeats(relay.url, { agents: 0, visitors: count }),
    },
    {
      name: 'deskbell',
      errors: deskbell.errors,
      seats: (count) => ({
        url: deskbell.socketUrl,
        agents: [],
        visitors: visitorSeats(workspace, count),
      }),
    },
  ];
  const [thin, ours] = [await measure(sides[0]), await measure(sides[1])];
  sayTable(
    ['KiB per connection', 'resident', 'held (heap and buffers)', 'before, MiB resident'],
    [thin, ours].map(({ name, residentKiB, heldKiB, before }) => [
      name,
      residentKiB.toFixed(1),
      heldKiB.toFixed(1),
      (before.rss / 1024 ** 2).toFixed(0),
    ]),
  );
  return {
    bench: 'idle',
    figures: { visitors: VISITORS, baseline: thin, deskbell: ours },
    ratio: rounded(ours.residentKiB / thin.residentKiB, 2),
    target: `≤ ${TARGET_KIB} KiB resident for each of ${VISITORS} visitors`,
    holds: ours.residentKiB <= TARGET_KIB,
  };
}

async function measure(side: Side | undefined) {
  if (!side) throw new Error('both sides are measured');
  const load = new Load();
  const inspector = await Inspector.open(side.errors());
  const warmUp = side.seats(WARM_UP_VISITORS);
  await load.connect(warmUp);
  await load.disconnect(warmUp.url);
  const before = await settled(inspector);
  await load.connect(side.seats(VISITORS));
  const after = await settled(inspector);
  const perVisitor = (read: (memory: Memory) => number) =>
    rounded((read(after) - read(before)) / VISITORS / 1024, 2);
  await load.disconnect(warmUp.url);
  inspector.close();
  say(`  ${side.name}: measured`);
  return {
    name: side.name,
    residentKiB: perVisitor((memory) => memory.rss),
    heldKiB: perVisitor((memory) => memory.held),
    before,
    after,
  };
}

/** Collects garbage until nothing more goes: finalisers and freed pages come a little later. */
async function settled(inspector: Inspector): Promise<Memory> {
  await delay(1_000);
  let last = await inspector.memory();
  for (let round = 0; round < 10; round += 1) {
    await inspector.collectGarbage();
    await delay(700);
    const now = await inspector.memory();
    if (round > 1 && Math.abs(now.rss - last.rss) < 512 * 1024) return now;
    last = now;
  }
  return last;
}
