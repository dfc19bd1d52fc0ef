import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Break } from '../breaks.ts';
import { undoAtEnd } from '../processes.ts';
import type { Random } from '../random.ts';
import { Database } from './database.ts';
import { type People, settle } from './people.ts';
import { findPorts } from './ports.ts';
import { KeptServer } from './servers.ts';
import { SocketProxy } from './socket-proxy.ts';

/** Two servers on one database, each behind a proxy, and the people who will use them. */
export interface Place {
  folder: string;
  database: Database;
  /** As `npm start` runs it, with PostgreSQL of its own; the second uses that by DATABASE_URL. */
  first: KeptServer;
  second: KeptServer;
  proxies: SocketProxy[];
  people: People;
  /** Where clients connect: the first server's proxy and the second's. */
  addresses: string[];
}

/**
 * With `none` the first server is the real program, and the second one's bus loses pulses; any other
 * break is in both.
 */
export async function openPlace(given: {
  kind: Break;
  agents: number;
  visitors: number;
  random: Random;
}): Promise<Place> {
  const { kind, random } = given;
  const folder = mkdtempSync(path.join(tmpdir(), 'deskbell-chaos-'));
  undoAtEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const [firstPort, secondPort] = await findPorts(random);
  const data = path.join(folder, 'data');
  const first = new KeptServer({
    name: 'first',
    port: firstPort,
    folder,
    broken: kind === 'none' ? null : kind,
    environment: { DATA_DIR: data, DATABASE_URL: '' },
  });
  await first.start();
  const database = new Database(data);
  undoAtEnd(() => database.close());
  const second = new KeptServer({
    name: 'second',
    port: secondPort,
    folder,
    broken: kind,
    environment: { DATABASE_URL: await database.admitSecond() },
  });
  const people = await settle(database, { url: `http://127.0.0.1:${firstPort}`, ...given });
  await second.start();
  const proxies = [
    await SocketProxy.open(random, firstPort),
    await SocketProxy.open(random, secondPort),
  ];
  undoAtEnd(() => {
    for (const proxy of proxies) proxy.close();
  });
  const addresses = proxies.map(({ port }) => `ws://127.0.0.1:${port}/api/v1/socket`);
  return { folder, database, first, second, proxies, people, addresses };
}
