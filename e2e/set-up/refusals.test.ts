import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canMount, checkoutInto, giveTo, isRoot, temporaryFolder } from './checkout.ts';
import { endAllIn, npmStart, processesIn, type RunningDeskbell } from './deskbell.ts';

const { folder: place, remove } = temporaryFolder();
const checkout = path.join(place, 'deskbell');
beforeAll(() => void checkoutInto(checkout));
afterAll(() => {
  endAllIn(place);
  spawnSync('umount', [path.join(place, 'small')]);
  remove();
});

/** Its own lines on stderr, without npm's. */
async function refusalOf(deskbell: RunningDeskbell): Promise<string[]> {
  const { code, stderr, stdout } = await deskbell.ended;
  expect(stdout).not.toContain('Deskbell is at');
  expect(code).toBe(1);
  return stderr.split('\n').filter((line) => line && !line.startsWith('npm '));
}

async function stop(deskbell: RunningDeskbell): Promise<void> {
  deskbell.interrupt();
  expect((await deskbell.ended).code).toBe(0);
}

const dataFolder = (name: string) => path.join(place, name);

test('a taken port: names it and the setting, and stops its database', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const environment = { PORT: String(port), DATA_DIR: dataFolder('taken-port') };
  const lines = await refusalOf(npmStart(checkout, { environment }));
  expect(lines).toEqual([
    `Port ${port} is taken by another program: end that one, or choose another with PORT.`,
  ]);
  expect(processesIn(place)).toEqual([]);
  other.close();
});

test('wrong settings: a line for each, all at once, and no data folder', async () => {
  writeFileSync(
    path.join(checkout, 'deskbell.toml'),
    'PROT = 4001\nPUBLIC_URL = "chat.example.org"\nHOST = true\n',
  );
  const environment = {
    PORT: 'four thousand',
    DATABASE_URL: 'mysql://me:secret@host/db',
    DATA_DIR: dataFolder('wrong'),
  };
  const lines = await refusalOf(npmStart(checkout, { environment }));
  rmSync(path.join(checkout, 'deskbell.toml'));
  expect(lines).toEqual([
    'deskbell.toml: there is no setting PROT; did you mean PORT?',
    'PORT is "four thousand"; expected a number from 0 (any free port) to 65535.',
    'HOST in deskbell.toml is true; expected an address or host name to listen on, such as 127.0.0.1 or 0.0.0.0.',
    'PUBLIC_URL in deskbell.toml is "chat.example.org"; expected the address that browsers use, such as https://chat.example.org.',
    'DATABASE_URL is not such an address; expected an address such as postgres://user:password@host:5432/database.',
  ]);
  expect(existsSync(dataFolder('wrong'))).toBe(false);
});

test('a file where the data folder should be', async () => {
  writeFileSync(dataFolder('in-the-way'), '');
  const lines = await refusalOf(
    npmStart(checkout, { environment: { DATA_DIR: dataFolder('in-the-way') } }),
  );
  expect(lines).toEqual([
    `The data folder ${dataFolder('in-the-way')} cannot be written: it is a file. Set DATA_DIR to a folder that can.`,
  ]);
});

test.runIf(isRoot)("somebody else's data folder, as an ordinary user", async () => {
  const bob = { uid: 65_534, gid: 65_534, home: '/tmp' };
  const own = checkoutInto(path.join(place, 'bob'));
  giveTo(bob, own);
  mkdirSync(dataFolder('of-root'), { mode: 0o755 });
  const lines = await refusalOf(
    npmStart(own, { user: bob, environment: { DATA_DIR: dataFolder('of-root') } }),
  );
  expect(lines).toEqual([
    `The data folder ${dataFolder('of-root')} cannot be written: it belongs to somebody else. Set DATA_DIR to a folder that can.`,
  ]);
});

test.runIf(canMount)(
  'a disk that is full while the database is made: nothing half-made stays',
  async () => {
    mkdirSync(dataFolder('small'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'none', dataFolder('small')]);
    const lines = await refusalOf(
      npmStart(checkout, { environment: { DATA_DIR: dataFolder('small') } }),
    );
    expect(lines).toEqual([
      'The disk is full: the database could not be made. Free some space and start again.',
    ]);
    expect(readdirSync(dataFolder('small'))).toEqual([]);
  },
);

test('a second start in the same data folder: refused, and the first serves on', async () => {
  const environment = { DATA_DIR: dataFolder('twice') };
  const first = npmStart(checkout, { environment });
  const url = await first.url();
  const lines = await refusalOf(npmStart(checkout, { environment }));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^Deskbell is already running with the data folder .*\/twice \(process \d+\)\. Stop it first/,
  );
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  await stop(first);
  expect(processesIn(place)).toEqual([]);
});

test('two first starts at the same moment: one serves, the other is refused', async () => {
  const environment = { DATA_DIR: dataFolder('race') };
  const both = [npmStart(checkout, { environment }), npmStart(checkout, { environment })];
  const outcomes = await Promise.all(
    both.map((each) =>
      each.url().then(
        () => 'serves',
        () => 'refused',
      ),
    ),
  );
  expect(outcomes.sort()).toEqual(['refused', 'serves']);
  for (const each of both)
    await Promise.race([each.ended, each.url().then(() => each.interrupt())]);
  await Promise.all(both.map((each) => each.ended));
  expect(processesIn(place)).toEqual([]);
});

test('a database of another major: says so, touches nothing', async () => {
  const folder = path.join(dataFolder('old'), 'postgres');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'PG_VERSION'), '17\n');
  const [line] = await refusalOf(
    npmStart(checkout, { environment: { DATA_DIR: dataFolder('old') } }),
  );
  expect(line).toMatch(
    /was made by PostgreSQL 17; this release brings PostgreSQL 18\. Nothing was changed\./,
  );
  expect(readdirSync(folder)).toEqual(['PG_VERSION']);
});

test('a database of a newer release, and one whose migration was edited: nothing is changed', async () => {
  const environment = { DATA_DIR: dataFolder('newer') };
  const added = path.join(checkout, 'server/migrations', nextMigration());
  writeFileSync(added, 'create table from_the_future (id int);\n');
  const newer = npmStart(checkout, { environment });
  await newer.url();
  await stop(newer);

  writeFileSync(added, 'create table from_another_future (id int);\n');
  const [edited] = await refusalOf(npmStart(checkout, { environment }));
  expect(edited).toMatch(/^Migration future \(\d+\) has been edited .* Nothing was changed\./);

  rmSync(added);
  const [line] = await refusalOf(npmStart(checkout, { environment }));
  expect(line).toMatch(
    /^The database was made by a newer Deskbell: its schema is (\d+), this release knows \d+\. Nothing was changed\./,
  );
  expect(processesIn(place)).toEqual([]);

  writeFileSync(added, 'create table from_the_future (id int);\n');
  const again = npmStart(checkout, { environment });
  await again.url();
  await stop(again);
  rmSync(added);
});

const nextMigration = () => {
  const known = readdirSync(path.join(checkout, 'server/migrations')).filter((name) =>
    name.endsWith('.sql'),
  );
  return `${String(known.length + 1).padStart(4, '0')}_future.sql`;
};

test('DATABASE_URL: serves from it and leaves it running; each thing wrong with it has its line', async () => {
  const owner = npmStart(checkout, { environment: { DATA_DIR: dataFolder('foreign') } });
  await owner.url();
  const access = JSON.parse(
    readFileSync(path.join(dataFolder('foreign'), 'postgres/deskbell-access.json'), 'utf8'),
  );
  const admin = `postgres://postgres:${access.adminPassword}@127.0.0.1:${access.port}/postgres`;
  const sql = postgres(admin, { max: 1 });
  await sql`create database elsewhere`;
  await sql`create database latin encoding 'latin1' locale_provider libc locale 'C' template template0`;
  const DATABASE_URL = Object.assign(new URL(admin), { pathname: '/elsewhere' }).href;

  const guest = npmStart(checkout, {
    environment: { DATABASE_URL, DATA_DIR: dataFolder('guest') },
  });
  expect((await fetch(`${await guest.url()}/healthz`)).status).toBe(200);
  await stop(guest);
  expect(existsSync(path.join(dataFolder('guest'), 'postgres'))).toBe(false);
  expect((await sql`select 1 as one`)[0]?.one).toBe(1);

  const wrong = (change: Partial<URL>) =>
    refusalOf(
      npmStart(checkout, {
        environment: { DATABASE_URL: Object.assign(new URL(admin), change).href },
      }),
    );
  const start = 'The database of DATABASE_URL cannot be used:';
  expect(await wrong({ password: 'guessed' })).toEqual([
    `${start} the password of postgres is wrong.`,
  ]);
  expect(await wrong({ pathname: '/nowhere' })).toEqual([`${start} there is no database nowhere.`]);
  expect(await wrong({ port: '1' })).toEqual([`${start} nobody listens at 127.0.0.1:1.`]);
  expect(await wrong({ pathname: '/latin' })).toEqual([
    'DATABASE_URL leads to a database in LATIN1; expected UTF8.',
  ]);
  await sql.end();
  await stop(owner);
});

test.runIf(isRoot && existsSync('/usr/lib/postgresql/15/bin/postgres'))(
  'DATABASE_URL to a PostgreSQL 15: serves',
  async () => {
    const bin = '/usr/lib/postgresql/15/bin';
    const folder = dataFolder('fifteen');
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    const as = ['--reuid=65534', '--regid=65534', '--clear-groups', '--'];
    execFileSync('setpriv', [
      ...as,
      `${bin}/initdb`,
      '-D',
      `${folder}/db`,
      '-U',
      'me',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
    ]);
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -k ${folder}`;
    const control = (...words: string[]) =>
      execFileSync('setpriv', [...as, `${bin}/pg_ctl`, '-D', `${folder}/db`, ...words], {
        stdio: 'ignore',
      });
    control('start', '-w', '-l', `${folder}/log`, '-o', options);
    try {
      const deskbell = npmStart(checkout, {
        environment: { DATABASE_URL: `postgres://me@127.0.0.1:${port}/postgres` },
      });
      expect((await fetch(`${await deskbell.url()}/healthz`)).status).toBe(200);
      await stop(deskbell);
    } finally {
      control('stop', '-m', 'fast');
    }
  },
);
