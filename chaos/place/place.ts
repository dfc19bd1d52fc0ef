import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NatsServer } from '../../server/src/testing/nats-server.ts';
import type { Break } from '../breaks.ts';
import type { Bus } from '../options.ts';
import { undoAtEnd } from '../processes.ts';
import type { Random } from '../random.ts';
import { Database } from './database.ts';
import { type People, settle } from './people.ts';
import { findPorts } from './ports.ts';
import { KeptServer, serverNames } from './servers.ts';
import { SocketProxy } from './socket-proxy.ts';

/** Several servers on one database, each behind a proxy, and the people who will use them. */
export interface Place {
  folder: string;
  database: Database;
  /** The first as `npm start` runs it, with PostgreSQL of its own; the others use that by DATABASE_URL. */
  servers: KeptServer[];
  first: KeptServer;
  proxies: SocketProxy[];
  /** The bus of all servers; null: PostgreSQL is. */
  nats: NatsServer | null;
  people: People;
  /** Where clients connect: the proxies, in the order of the servers. */
  addresses: string[];
}

/**
 * With `none` the first server is the real program, and the bus of all others loses pulses; any other
 * break is in all of them.
 */
export async function openPlace(given: {
  kind: Break;
  /** How many servers. */
  servers?: number;
  bus?: Bus;
  agents: number;
  visitors: number;
  random: Random;
}): Promise<Place> {
  const { kind, random, servers: count = 2, bus = 'postgres' } = given;
  const folder = mkdtempSync(path.join(tmpdir(), 'deskbell-chaos-'));
  undoAtEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const ports = await findPorts(random, count);
  const data = path.join(folder, 'data');
  const nats = bus === 'nats' ? await NatsServer.open() : null;
  if (nats) undoAtEnd(() => nats.close());
  const overBus = nats ? { NATS_URL: nats.url } : {};
  const first = new KeptServer({
    name: 'first',
    port: ports[0] as number,
    folder,
    broken: kind === 'none' ? null : kind,
    environment: { DATA_DIR: data, DATABASE_URL: '', ...overBus },
  });
  await first.start();
  const database = new Database(data);
  undoAtEnd(() => database.close());
  const others = await Promise.all(
    serverNames.slice(1, count).map(async (name, index) => {
      const environment = { DATABASE_URL: await database.admit(name), ...overBus };
      const port = ports[index + 1] as number;
      return new KeptServer({ name, port, folder, broken: kind, environment });
    }),
  );
  const people = await settle(database, { url: `http://127.0.0.1:${first.port}`, ...given });
  for (const server of others) await server.start();
  const proxies = await Promise.all(ports.map((port) => SocketProxy.open(random, port)));
  undoAtEnd(() => {
    for (const proxy of proxies) proxy.close();
  });
  const addresses = proxies.map(({ port }) => `ws://127.0.0.1:${port}/api/v1/socket`);
  const servers = [first, ...others];
  return { folder, database, servers, first, proxies, nats, people, addresses };
}
