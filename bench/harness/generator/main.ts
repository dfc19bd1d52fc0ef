import { Crowd } from './crowd.ts';
import type { LoadResult, Order, Reply } from './orders.ts';
import { pace } from './pace.ts';
import { saturate } from './saturate.ts';

/**
 * The load generator: one process for both sides, visitors and agents, and for both servers. It is
 * the same code for either server, so that what it costs itself falls on both alike.
 */
const crowds = new Map<string, Crowd>();

process.on('message', (order: Order) => {
  obey(order).then(
    (done) => reply({ done }),
    (error) => reply({ failed: String(error?.stack ?? error) }),
  );
});
// Ctrl-C reaches us too; the bench ends us in its turn, and with it we end in any case.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());

function reply(reply: Reply): void {
  process.send?.(reply);
}

async function obey(order: Order): Promise<LoadResult | null> {
  switch (order.act) {
    case 'connect': {
      const crowd = new Crowd(order.seats.url);
      await crowd.enter(order.seats);
      crowds.set(order.seats.url, crowd);
      return null;
    }
    case 'disconnect': {
      await crowdAt(order.url).leave();
      crowds.delete(order.url);
      return null;
    }
    case 'saturate': {
      const [tally, seconds] = await saturate(crowdAt(order.url), order.seconds);
      if (order.idsFile) tally.writeIds(order.idsFile);
      return tally.result(seconds);
    }
    case 'pace':
      return pace(crowdAt(order.url), order);
  }
}

function crowdAt(url: string): Crowd {
  const crowd = crowds.get(url);
  if (!crowd) throw new Error(`nobody is connected to ${url}`);
  return crowd;
}
