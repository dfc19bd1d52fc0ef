import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf, type Office, type OfficeServer, openOffice } from '../../testing/office.ts';
import type { LogEvent } from '../log/log.ts';
import { SYSTEM } from '../pipeline/command.ts';
import { Writers } from '../store/writers.ts';
import { commandIdOf, type Reader, type ReaderContext, readOn } from './reader.ts';
import { Readers } from './readers.ts';

/** Never by itself: a test asks where it wants to. */
const NEVER = 2 ** 30;
const kinds = ['message.added', 'conversation.opened', 'contact.added'] as const;

let office: Office;
let server: OfficeServer;
let writers: Writers;
let troubles: string[];
const open = new Set<Readers>();
beforeAll(async () => {
  office = await openOffice();
  // What a reader writes in its transaction, for the question whether it is there once.
  await office.pool`create table noted (reader text, position bigint)`;
  server = office.open();
  writers = new Writers(office.url, 3);
});
afterAll(async () => {
  await writers.close();
  await office.close();
});

/** A reader of its own name for each test. */
let name: string;
let names = 0;
beforeEach(() => {
  troubles = [];
  names += 1;
  name = `reader ${names}`;
});
afterEach(async () => {
  await Promise.all([...open].map((readers) => readers.close()));
  open.clear();
});

/** Notes each position it is shown. */
function noting(
  handle: (event: LogEvent, context: ReaderContext) => unknown = () => undefined,
): Reader {
  return {
    name,
    kinds,
    delayMs: 0,
    async handle(events, context) {
      const positions = `{${events.map(({ position }) => position).join()}}`;
      await context.sql.unsafe('insert into noted select $1, unnest($2::bigint[])', [
        name,
        positions,
      ]);
      for (const event of events) await handle(event, context);
    },
  };
}

function start(reader: Reader, { from = writers, pollMs = NEVER } = {}): Readers {
  const onTrouble = (error: unknown, what: string) => void troubles.push(`${what}: ${error}`);
  const readers = new Readers({
    pool: office.pool,
    writers: from,
    readers: [reader],
    onTrouble,
    pollMs,
  });
  open.add(readers);
  return readers;
}

const write = (count: number) =>
  Promise.all(
    Array.from({ length: count }, () =>
      server.act(office.visitor(), 'message.receive', { text: 'hi' }),
    ),
  );
const noted = async () =>
  (
    await office.pool<
      { position: number }[]
    >`select position from noted where reader = ${name} order by position`
  ).map(({ position }) => position);
const wanted = async () =>
  (await office.log())
    .filter(({ kind }) => (kinds as readonly string[]).includes(kind))
    .map(({ position }) => position);
const placeOf = async () =>
  (
    await office.pool<
      { position: number; failures: number }[]
    >`select position, failures from readers where name = ${name}`
  )[0];
const expireLease = () => office.pool`update readers set leased_until = 0 where name = ${name}`;
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise(setImmediate);
};

describe('a reader of the log', () => {
  it('sees each event that it wants once, in order, from the beginning', async () => {
    await write(3);
    const seen: number[] = [];
    await start(noting(({ position }) => void seen.push(position))).poll();
    expect(seen).toEqual(await wanted());
    expect(await noted()).toEqual(seen);
    expect((await placeOf())?.position).toBe((await office.log()).at(-1)?.position);
  });

  it('wakes by a pulse, and by itself where the pulse was lost', async () => {
    const readers = start(noting());
    await write(1);
    readers.wake({ workspaceId: office.workspaceId, events: (await office.log()) as never });
    await until(async () => (await noted()).length === (await wanted()).length);
    await readers.close();
    start(noting(), { pollMs: 20 });
    await write(1);
    await until(async () => (await noted()).length === (await wanted()).length);
    expect(await noted()).toEqual(await wanted());
  });

  it('sleeps on through what it does not want, and stands behind it after the next look', async () => {
    await write(1);
    let places = 0;
    const readers = start({ ...noting(() => void places++), kinds: ['team.deleted'] });
    readers.wake({ workspaceId: office.workspaceId, events: (await office.log()) as never });
    await readers.close();
    expect(await placeOf()).toBeUndefined();
    await start({ ...noting(() => void places++), kinds: ['team.deleted'] }).poll();
    expect((await placeOf())?.position).toBe((await office.log()).at(-1)?.position);
    expect(places).toBe(0);
  });

  it('makes nobody wait for the disk, and leaves its connection as it was', async () => {
    await write(1);
    const setting = async (sql: Pick<ReaderContext['sql'], 'unsafe'>) =>
      (await sql.unsafe<object>("select current_setting('synchronous_commit') as setting"))[0];
    const within: unknown[] = [];
    let sql: ReaderContext['sql'] | null = null;
    const readers = start(
      noting(async (_event, context) => {
        sql = context.sql;
        within.push(await setting(context.sql));
      }),
    );
    await readers.poll();
    expect(within.length).toBeGreaterThan(0);
    for (const each of within) expect(each).toEqual({ setting: 'off' });
    expect(await setting(sql as unknown as ReaderContext['sql'])).toEqual({ setting: 'on' });
  });

  it('reads a log longer than a piece', async () => {
    for (let round = 0; round < 3; round += 1) await write(120);
    const readers = start(noting());
    await readers.poll();
    expect(await noted()).toEqual(await wanted());
    expect((await office.log()).length).toBeGreaterThan(1_000);
  });

  it('what it writes and where it stands hold together or not at all', async () => {
    await write(2);
    let failures = 1;
    const readers = start(
      noting(() => {
        if (failures-- > 0) throw Object.assign(new Error('killed'), { code: '57P01' });
      }),
    );
    await readers.poll();
    expect(await noted()).toEqual([]);
    expect((await placeOf())?.position).toBe(0);
    await readers.poll();
    expect(await noted()).toEqual(await wanted());
  });

  it('its connection killed in the middle, it goes on where it stood', async () => {
    await write(4);
    let isKilled = false;
    const readers = start(
      noting(async (_event, { sql }) => {
        if (isKilled) return;
        isKilled = true;
        const [backend] = await sql.unsafe<{ pid: number }>('select pg_backend_pid() as pid');
        await office.pool`select pg_terminate_backend(${backend?.pid ?? 0})`;
        await until(
          async () =>
            (await office.pool`select from pg_stat_activity where pid = ${backend?.pid ?? 0}`)
              .length === 0,
        );
      }),
    );
    await readers.poll();
    await readers.poll();
    expect(await noted()).toEqual(await wanted());
    expect(troubles.length).toBeGreaterThan(0);
  });
});

describe('several servers', () => {
  it('one reads at a time; nothing is read twice', async () => {
    const all = [start(noting()), start(noting()), start(noting())];
    for (let round = 0; round < 10; round += 1) {
      await write(3);
      await Promise.all(all.map((readers) => readers.poll()));
      if (round === 5) await expireLease();
    }
    await expireLease();
    await Promise.all(all.map((readers) => readers.poll()));
    expect(await noted()).toEqual(await wanted());
  });

  it('another takes over when the lease has run out, and not before', async () => {
    await write(1);
    const [first, second] = [start(noting()), start(noting())];
    await first.poll();
    const before = await noted();
    await write(1);
    await second.poll();
    const parts = {
      pool: office.pool,
      writers,
      serverId: randomUUID(),
      onTrouble: () => undefined,
    };
    expect(await readOn(noting(), office.workspaceId, parts)).toBe('end');
    expect(await noted()).toEqual(before);
    await expireLease();
    await second.poll();
    expect(await noted()).toEqual(await wanted());
  });

  it('one that comes back after its lease was taken writes nothing', async () => {
    await write(1);
    const second = start(noting());
    // Stopped while it reads: it holds no row, only its belief to have the lease.
    const stopped = { ...noting(), handle: () => Promise.reject(new Error('must not be asked')) };
    const from: Writers = Object.assign(Object.create(writers), {
      async lend() {
        await expireLease();
        await second.poll();
        return writers.lend();
      },
    });
    await start(stopped, { from }).poll();
    expect(troubles).toEqual([]);
    expect(await noted()).toEqual(await wanted());
  });

  it('one that stops leaves its lease at once', async () => {
    await write(1);
    const first = start(noting());
    await first.poll();
    await first.close();
    await write(1);
    await start(noting()).poll();
    expect(await noted()).toEqual(await wanted());
  });
});

describe('an event that fails', () => {
  it('five times is put aside, alone, and the reader goes on', async () => {
    await write(40);
    const bad = (await wanted())[57] ?? 0;
    const readers = start(
      noting(({ position }) => {
        if (position === bad) throw new Error('this one again');
      }),
    );
    for (let round = 0; round < 4; round += 1) await readers.poll();
    expect(await noted()).toEqual((await wanted()).filter((position) => position < bad));
    expect(await placeOf()).toEqual({ position: bad - 1, failures: 4 });
    await readers.poll();
    await readers.poll();
    expect(await noted()).toEqual((await wanted()).filter((position) => position !== bad));
    const parked =
      await office.pool`select position, error from parked_events where reader = ${name}`;
    expect(parked).toEqual([{ position: bad, error: 'Error: this one again' }]);
  });

  it('and then does not is taken in after all', async () => {
    await write(2);
    let failures = 3;
    const readers = start(
      noting(() => {
        if (failures-- > 0) throw new Error('not yet');
      }),
    );
    for (let round = 0; round < 4; round += 1) await readers.poll();
    expect(await noted()).toEqual(await wanted());
    expect((await placeOf())?.failures).toBe(0);
    expect(await office.pool`select from parked_events where reader = ${name}`).toHaveLength(0);
  });
});

describe('a command that a reader sends', () => {
  it('has an id that follows from reader, workspace and position', () => {
    expect(commandIdOf('a', 'w', 1)).toBe(commandIdOf('a', 'w', 1));
    expect(
      new Set([
        commandIdOf('a', 'w', 1),
        commandIdOf('a', 'w', 2),
        commandIdOf('b', 'w', 1),
        commandIdOf('a', 'x', 1),
      ]).size,
    ).toBe(4);
    expect(commandIdOf('a', 'w', 1)).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
  });

  it('R-5.2 is done once, though its transaction failed after it', async () => {
    await write(1);
    const inboxes = async () =>
      (await office.pool`select from inboxes where workspace_id = ${office.workspaceId}`).length;
    const before = await inboxes();
    const last = (await wanted()).at(-1);
    let failures = 1;
    const readers = start(
      noting(async (event, { workspaceId, commandId }) => {
        if (event.position !== last) return;
        const command = {
          workspaceId,
          actor: SYSTEM,
          kind: 'inbox.create',
          input: { name: 'By a reader' },
        };
        answerOf(await server.submit({ ...command, clientId: commandId(event) }));
        if (failures-- > 0) throw new Error('after the command');
      }),
    );
    await readers.poll();
    await readers.poll();
    expect(await noted()).toEqual(await wanted());
    expect(await inboxes()).toBe(before + 1);
  });
});
