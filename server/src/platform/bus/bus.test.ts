import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { NatsServer, natsProgram } from '../../testing/nats-server.ts';
import { connect, type Pool } from '../store/connect.ts';
import { Bus, type BusOptions } from './bus.ts';
import type { Carrier, Ears, Letter } from './carrier.ts';
import { NatsCarrier } from './nats-carrier.ts';
import { PostgresCarrier } from './postgres-carrier.ts';

const until = (holds: () => void | Promise<void>) =>
  vi.waitFor(holds, { timeout: 20_000, interval: 5 });

/** A server's end of the bus, and all that it was told. */
class End {
  readonly bus: Bus;
  readonly heard: unknown[] = [];
  readonly downs: unknown[] = [];
  readonly tooLong: string[] = [];
  ups = 0;

  constructor(open: BusOptions['open'], options: Partial<BusOptions> = {}) {
    this.bus = new Bus({
      open,
      onDown: (error) => void this.downs.push(error),
      onUp: () => {
        this.ups += 1;
      },
      onTooLong: (topic) => void this.tooLong.push(topic),
      ...options,
    });
    ends.push(this);
  }

  listen(workspaceId: string): Promise<void> {
    return this.bus.subscribe(workspaceId, (message) => void this.heard.push(message));
  }
}
const ends: End[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map(({ bus }) => bus.close()));
});

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = connect(database.url, { max: 2, name: 'test' });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

interface Medium {
  name: string;
  open(ears: Ears): Carrier;
  /** Breaks every connection to it. */
  cut(): Promise<void>;
}

const postgres: Medium = {
  name: 'PostgreSQL',
  open: (ears) => new PostgresCarrier(database.url, ears),
  cut: async () =>
    void (await pool`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'deskbell bus' and datname = current_database()`),
};
let nats: NatsServer;
const natsMedium: Medium = {
  name: 'NATS',
  open: (ears) => new NatsCarrier(nats.url, ears),
  cut: async () => {
    await nats.kill();
    await nats.start();
  },
};
if (natsProgram) {
  beforeAll(async () => {
    nats = await NatsServer.open();
  });
  afterAll(() => nats.close());
}

/** Two servers that know of each other, in the same workspace. */
async function two(medium: Medium, options: Partial<BusOptions> = {}) {
  const workspaceId = randomUUID();
  const [one, other] = [new End(medium.open, options), new End(medium.open, options)];
  await until(() => expect([one.bus.state.isUp, other.bus.state.isUp]).toEqual([true, true]));
  await Promise.all([one.listen(workspaceId), other.listen(workspaceId)]);
  await until(() => expect([one.bus.state.others, other.bus.state.others]).toEqual([1, 1]));
  return { workspaceId, one, other };
}

describe.each([postgres, ...(natsProgram ? [natsMedium] : [])])('the bus over $name', (medium) => {
  it('carries what one says to the others, and not back', async () => {
    const { workspaceId, one, other } = await two(medium);
    const odd = 'quotes " \' back \\ brace } and 🦔';
    one.bus.publish(workspaceId, { t: 'odd', odd });
    other.bus.publish(workspaceId, { t: 'answer' });
    await until(() => expect(other.heard).toEqual([{ t: 'odd', odd }]));
    await until(() => expect(one.heard).toEqual([{ t: 'answer' }]));
  });

  it('carries nothing into another workspace', async () => {
    const { workspaceId, one, other } = await two(medium);
    const elsewhere = randomUUID();
    await one.listen(elsewhere);
    one.bus.publish(elsewhere, { t: 'secret' });
    one.bus.publish(workspaceId, { t: 'marker' });
    await until(() => expect(other.heard).toEqual([{ t: 'marker' }]));
  });

  it('of what bears the same name says the newest alone, and loses nothing else', async () => {
    const { workspaceId, one, other } = await two(medium);
    for (let position = 1; position <= 2_000; position += 1)
      one.bus.publish(workspaceId, { t: 'reached', position }, 'reached');
    const others = Array.from({ length: 300 }, (_, number) => ({ t: 'told', number }));
    for (const message of others) one.bus.publish(workspaceId, message);
    await until(() => expect(other.heard).toHaveLength(301));
    expect(other.heard).toEqual([{ t: 'reached', position: 2_000 }, ...others]);
  });

  it('cut: it is told once, comes back by itself, and goes on', async () => {
    const { workspaceId, one, other } = await two(medium);
    const before = [one.ups, other.ups];
    await medium.cut();
    await until(() => expect([one.ups, other.ups]).toEqual(before.map((ups) => ups + 1)));
    expect([one.downs.length, other.downs.length]).toEqual([1, 1]);
    one.bus.publish(workspaceId, { t: 'again' });
    await until(() => expect(other.heard).toEqual([{ t: 'again' }]));
  });

  it('who leaves is no longer counted', async () => {
    const { one, other } = await two(medium);
    await other.bus.close();
    await until(() => expect(one.bus.state.others).toBe(0));
  });
});

/** A long way to NATS: what is said to it takes a while, or stays on the way. */
async function longWay() {
  const sockets = new Set<Socket>();
  const way = { isBlocked: false, url: '', cut, close };
  const server = createServer((from) => {
    const to = createConnection(Number(new URL(nats.url).port), '127.0.0.1');
    for (const socket of [from, to]) sockets.add(socket.on('error', () => undefined));
    from.on('data', async (said) => {
      await delay(50);
      if (!way.isBlocked) to.write(said);
    });
    from.on('close', () => to.destroy());
    to.on('data', (answer) => from.write(answer)).on('close', () => from.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  way.url = `nats://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return way;

  function cut() {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  }
  async function close() {
    server.close();
    cut();
  }
}

describe.skipIf(natsProgram === null)('the bus over NATS, a long way off', () => {
  let way: Awaited<ReturnType<typeof longWay>>;
  let near: End;
  let far: End;
  beforeEach(async () => {
    way = await longWay();
    near = new End(natsMedium.open);
    far = new End((ears) => new NatsCarrier(way.url, ears));
    await until(() => expect([near.bus.state.others, far.bus.state.others]).toEqual([1, 1]));
  });
  afterEach(() => way.close());

  it('hears all that is said from when it says that it listens', async () => {
    const workspaceId = randomUUID();
    await far.listen(workspaceId);
    near.bus.publish(workspaceId, { t: 'first' });
    await until(() => expect(far.heard).toEqual([{ t: 'first' }]));
  });

  it('waits for no answer that does not come: cut meanwhile, it listens when it is back', async () => {
    const workspaceId = randomUUID();
    way.isBlocked = true;
    const listening = far.listen(workspaceId);
    way.cut();
    await listening;
    // Nor while it is away.
    await until(() => expect(far.downs).toHaveLength(1));
    await far.listen(randomUUID());
    way.isBlocked = false;
    await until(() => expect(far.bus.state.isUp).toBe(true));
    near.bus.publish(workspaceId, { t: 'again' });
    await until(() => expect(far.heard).toEqual([{ t: 'again' }]));
  });
});

describe('the bus', () => {
  /** Everybody within this process, at once. */
  function room(isDeaf = false) {
    const all: Ears[] = [];
    const said: Letter[] = [];
    const open = (ears: Ears): Carrier => {
      all.push(ears);
      setImmediate(() => ears.up());
      return {
        name: 'nats',
        async send(letters) {
          said.push(...letters);
          if (!isDeaf) for (const letter of letters) for (const each of all) each.heard(letter);
        },
        listen: async () => undefined,
        close: async () => undefined,
      };
    };
    return { open, said };
  }

  it('alone says nothing of what it does', async () => {
    const { open, said } = room();
    const only = new End(open);
    await until(() => expect(only.ups).toBe(1));
    for (let position = 0; position < 1_000; position += 1)
      only.bus.publish('somewhere', { position }, 'reached');
    await delay(20);
    expect(said.map(({ topic }) => topic)).toEqual(['servers']);
    // And yet it would have been said, had somebody been there.
    const other = new End(open);
    await until(() => expect(only.bus.state.others).toBe(1));
    await other.listen('somewhere');
    only.bus.publish('somewhere', { position: 1 });
    await until(() => expect(other.heard).toEqual([{ position: 1 }]));
  });

  it('that brings nothing back is down, though it takes what is said', async () => {
    const deaf = new End(room(true).open, { beatMs: 10 });
    await until(() => expect(deaf.downs).toHaveLength(1));
    expect([deaf.ups, deaf.bus.state.isUp]).toEqual([0, false]);
  });

  it('refuses what is too long for it', async () => {
    const { open } = room();
    const [one, other] = [new End(open), new End(open)];
    await until(() => expect(one.bus.state.others).toBe(1));
    await other.listen('somewhere');
    one.bus.publish('somewhere', { text: '🦔'.repeat(2_000) });
    one.bus.publish('somewhere', { text: 'short' });
    await until(() => expect(other.heard).toEqual([{ text: 'short' }]));
    expect(one.tooLong).toEqual(['somewhere']);
  });

  it('does not stumble over what it cannot read', async () => {
    const workspaceId = randomUUID();
    const end = new End(postgres.open);
    await until(() => expect(end.bus.state.isUp).toBe(true));
    await end.listen(workspaceId);
    for (const text of ['', 'no json', '7', '{}', '[]', '[null]', '["x"]', '["x",null]'])
      await pool`select pg_notify(${`deskbell_${workspaceId}`}, ${text})`;
    await pool`select pg_notify('deskbell_servers', '["y",{"t":"unheard of"}]')`;
    await pool`select pg_notify(${`deskbell_${workspaceId}`}, '["z",{"t":"fine"}]')`;
    await until(() => expect(end.heard).toEqual([null, { t: 'fine' }]));
    expect(end.downs).toEqual([]);
  });

  it('says it once when PostgreSQL cannot be reached, and closes all the same', async () => {
    const away = new End((ears) => new PostgresCarrier('postgres://x:y@127.0.0.1:1/z', ears));
    await until(() => expect(away.downs).toHaveLength(1));
    await delay(500);
    expect(away.downs).toHaveLength(1);
    await away.bus.close();
  });

  it('says it once when NATS cannot be reached, and closes all the same', async () => {
    const away = new End((ears) => new NatsCarrier('nats://127.0.0.1:1', ears));
    await until(() => expect(away.downs).toHaveLength(1));
    await delay(500);
    expect(away.downs).toHaveLength(1);
    await away.bus.close();
  });
});
