// A process of clients: visitors and agents over real sockets, told what to do by the run.
import { setTimeout as delay } from 'node:timers/promises';
import { Agent } from './clients/agent.ts';
import type { Order, Seats, Word } from './clients/orders.ts';
import { Visitor } from './clients/visitor.ts';
import { seeded } from './random.ts';

const PROGRESS_MS = 100;
const LOOK_MS = 50;
/** What isn't shown so long after everything is quiet will never be: a server polls every second. */
const SHOWN_WITHIN_MS = 8_000;

let visitors: Visitor[] = [];
let addresses: readonly string[] = [];
let agents: Agent[] = [];

const tell = (word: Word) => void process.send?.(word);
const everybody = () => [...visitors, ...agents];
const sum = (count: (one: Visitor | Agent) => number) =>
  everybody().reduce((total, one) => total + count(one), 0);

process.on('message', (order: Order) => void follow(order));
process.on('disconnect', () => process.exit());
setInterval(() => {
  tell({
    says: 'progress',
    acknowledged: sum(({ outbox }) => outbox.acknowledged),
    waiting: sum(({ outbox }) => outbox.size),
  });
}, PROGRESS_MS);

async function follow(order: Order): Promise<void> {
  if (order.act === 'begin') begin(order.seats);
  if (order.act === 'hush') for (const one of everybody()) one.hush();
  if (order.act === 'last-words') await sayLastWords();
  if (order.act === 'expect') await becomesShown(order.ends);
  if (order.act === 'report')
    return tell({ says: 'accounts', accounts: everybody().map((one) => one.account()) });
  tell({ says: 'done' });
}

function begin({ seed, people, pace, ...seats }: Seats): void {
  addresses = seats.addresses;
  const shared = { ...people, addresses, pace };
  const random = (index: number) => seeded(seed + index);
  agents = seats.agents.map(
    (seat) => new Agent({ ...shared, ...seat, random: random(seat.index) }),
  );
  visitors = seats.visitors.map(
    (seat) => new Visitor({ ...shared, ...seat, random: random(1_000 + seat.index) }),
  );
}

/**
 * Those of the last server first, those of the first at the end: after that the others commit nothing
 * any more, and learn of the last messages by the bus, which loses some, or by asking for the head.
 */
async function sayLastWords(): Promise<void> {
  for (const at of [...addresses.keys()].reverse()) {
    const speakers = visitors.filter((visitor) => visitor.link.at === at);
    for (const visitor of speakers) visitor.write();
    while (speakers.some((visitor) => visitor.outbox.size > 0)) await delay(LOOK_MS);
  }
}

async function becomesShown(ends: ReadonlyMap<string, number>): Promise<void> {
  const deadline = Date.now() + SHOWN_WITHIN_MS;
  while (Date.now() < deadline && !everybody().every((one) => one.shows(ends)))
    await delay(LOOK_MS);
}
