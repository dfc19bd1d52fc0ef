import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { readAccess } from '../database/cluster.ts';
import { startEmbeddedDatabase } from '../database/embedded.ts';
import { migrate, migrationsFolder, readMigrations } from '../database/migrate.ts';
import { createLogger } from '../logger.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const log = createLogger('error');
let folder: string;
let world: World;
let whole: string;
/** Every row of every table at the moment of the backup, read at its snapshot by another connection. */
let rowsThen: Rows;
const picture = randomBytes(3_000_000);

type Rows = Record<string, string[]>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'deskbell-backup-'));
  world = await createWorld();
  const data = path.join(folder, 'data');
  mkdirSync(path.join(data, 'pictures/ann'), { recursive: true });
  mkdirSync(path.join(data, 'postgres'));
  writeFileSync(path.join(data, 'postgres/PG_VERSION'), '18\n');
  writeFileSync(path.join(data, 'pictures/ann/face.png'), picture);
  writeFileSync(path.join(data, 'pictures/empty'), '', { mode: 0o640 });
  await talk(30, 'Zwölf Boxkämpfer\t"jagen"\\ \r\n Viktor 😀');
  whole = path.join(folder, 'whole.tgz');
  ({ rowsThen } = await backUpWhileWriting(whole, data));
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

async function talk(times: number, text: string): Promise<void> {
  const visitors = Array.from({ length: 5 }, () => world.newVisitor());
  for (let i = 0; i < times; i += 1)
    await Promise.all(visitors.map((visitor) => world.write(visitor, `${text} ${i}`)));
}

/** Messages go on from before the snapshot until after the last row was written. */
async function backUpWhileWriting(file: string, dataFolder: string) {
  let isOver = false;
  let written = 0;
  const writing = (async () => {
    for (; !isOver; written += 5) await talk(1, randomBytes(2_000).toString('base64'));
  })();
  let rows: Rows = {};
  let positionThen = 0;
  await writeBackup({
    databaseUrl: world.database.url,
    dataFolder,
    file,
    async onSnapshot(name) {
      rows = await rowsIn(world.database.url, name);
      positionThen = written;
    },
  });
  const writtenMeanwhile = written - positionThen;
  isOver = true;
  await writing;
  return { rowsThen: rows, writtenMeanwhile };
}

async function rowsIn(url: string, snapshot?: string): Promise<Rows> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return (await sql.begin('isolation level repeatable read', async (transaction) => {
      if (snapshot) await transaction.unsafe(`set transaction snapshot '${snapshot}'`);
      const tables = await transaction<{ name: string }[]>`
        select tablename as name from pg_tables where schemaname = 'public' order by 1`;
      const rows: Rows = {};
      for (const { name } of tables)
        rows[name] = (
          await transaction<
            { row: string }[]
          >`select t::text as row from ${transaction(name)} t order by 1`
        ).map(({ row }) => row);
      return rows;
    })) as Rows;
  } finally {
    await sql.end();
  }
}

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  await sql.unsafe('drop owned by current_user cascade; create schema if not exists public');
  await sql.end();
  return database;
}

const place = (name: string) => path.join(folder, name);
const restoreTo = (name: string, file = whole) =>
  restoreBackup({ file, databaseUrl: undefined, dataFolder: place(name), log });

describe('a backup, taken while messages are written', () => {
  it('holds every row and every file of one moment, restored into a database of our own', async () => {
    await restoreTo('restored');
    const embedded = await startEmbeddedDatabase({
      dataFolder: place('restored'),
      log,
      onLost: () => {},
    });
    const rows = await rowsIn(embedded.url);
    await embedded.stop();
    expect(Object.keys(rows)).toEqual(Object.keys(rowsThen));
    expect(rowsThen.timeline?.length).toBeGreaterThan(150);
    for (const [table, then] of Object.entries(rowsThen)) expect(rows[table], table).toEqual(then);
    expect(readFileSync(place('restored/pictures/ann/face.png')).equals(picture)).toBe(true);
    expect(statSync(place('restored/pictures/empty')).mode & 0o777).toBe(0o640);
    expect(readdirSync(place('restored')).sort()).toEqual(['pictures', 'postgres']);
    expect(readAccess(place('restored/postgres')).password).not.toBe('');
  });

  it('holds them as well when restored into the database of DATABASE_URL', async () => {
    const database = await emptyDatabase();
    await restoreBackup({
      file: whole,
      databaseUrl: database.url,
      dataFolder: place('abroad'),
      log,
    });
    expect(await rowsIn(database.url)).toEqual(rowsThen);
    expect(readdirSync(place('abroad'))).toEqual(['pictures']);
    await database.drop();
  });

  it('was written while the server went on, and left it whole', async () => {
    const file = place('meanwhile.tgz');
    const { writtenMeanwhile } = await backUpWhileWriting(file, place('no-data'));
    expect(writtenMeanwhile).toBeGreaterThan(0);
    expect(world.troubles).toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

/** Restoring must be refused with these words, and leave nothing behind. */
async function expectRefused(file: string, words: string | RegExp): Promise<void> {
  await expect(restoreTo('refused', file)).rejects.toThrow(words);
  const left = existsSync(place('refused')) ? readdirSync(place('refused')) : [];
  expect(left).toEqual([]);
}

describe('what is refused', () => {
  it('a place where a Deskbell is', async () => {
    const before = readdirSync(place('data'));
    await expect(restoreTo('data')).rejects.toThrow(/There is a Deskbell in .* already/);
    expect(readdirSync(place('data'))).toEqual(before);
  });

  it('a database that is not empty', async () => {
    const { url: databaseUrl } = world.database;
    const restored = restoreBackup({ file: whole, databaseUrl, dataFolder: place('x'), log });
    await expect(restored).rejects.toThrow('The database of DATABASE_URL is not empty');
  });

  it('a torn file, wherever it was torn', async () => {
    const { size } = statSync(whole);
    for (const length of [0, 5, 700, Math.floor(size / 2), size - 1]) {
      const torn = place(`torn-${length}.tgz`);
      copyFileSync(whole, torn);
      truncateSync(torn, length);
      await expectRefused(torn, 'is torn: its end is missing. Nothing was restored');
    }
  });

  it('a file in which a byte was altered', async () => {
    const content = readFileSync(whole);
    for (const part of [0.2, 0.5, 0.9]) {
      const altered = place(`altered-${part}.tgz`);
      const at = Math.floor(content.length * part);
      const changed = Buffer.from(content);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      writeFileSync(altered, changed);
      await expectRefused(altered, 'has been altered since it was written');
    }
  });

  it('one whose rows were altered and packed anew', async () => {
    const tar = gunzipSync(readFileSync(whole));
    const at = tar.indexOf('Viktor');
    expect(at).toBeGreaterThan(0);
    tar.write('Vector', at);
    writeFileSync(place('repacked.tgz'), gzipSync(tar));
    await expectRefused(place('repacked.tgz'), 'has been altered since it was written');
  });

  it('one made by a newer release', async () => {
    const tar = gunzipSync(readFileSync(whole));
    const header = tar.indexOf('"format":1,');
    tar.write('"format":9,', header);
    writeFileSync(place('newer.tgz'), gzipSync(tar));
    await expectRefused(place('newer.tgz'), /was made by a newer Deskbell .* Nothing was restored/);
  });

  it('what is no backup', async () => {
    writeFileSync(place('letter.txt'), 'Dear Deskbell');
    await expectRefused(place('letter.txt'), 'is no backup of Deskbell');
    writeFileSync(place('letter.gz'), gzipSync('Dear Deskbell'.repeat(1_000)));
    await expectRefused(place('letter.gz'), /altered|torn|no backup/);
    await expectRefused(place('missing.tgz'), 'There is no file');
  });

  it('a place that cannot be written, before anything is read', async () => {
    const backUp = (file: string) =>
      writeBackup({ databaseUrl: world.database.url, dataFolder: place('data'), file });
    await expect(backUp(place('nowhere/b.tgz'))).rejects.toThrow('there is no such folder');
    await expect(backUp(place('letter.txt/b.tgz'))).rejects.toThrow('a part of its path is a file');
    await expect(backUp(whole)).rejects.toThrow('is there already');
  });
});

it("a backup of an older release is brought to this one's schema", async () => {
  const database = await emptyDatabase();
  const first = place('first-migration');
  mkdirSync(first);
  const [name = ''] = readdirSync(migrationsFolder).sort();
  copyFileSync(path.join(migrationsFolder, name), path.join(first, name));
  await migrate(database.url, first);
  await writeBackup({ databaseUrl: database.url, dataFolder: place('x'), file: place('old.tgz') });
  const target = await emptyDatabase();
  await restoreBackup({
    file: place('old.tgz'),
    databaseUrl: target.url,
    dataFolder: place('aged'),
    log,
  });
  const { schema_versions: versions, ...rows } = await rowsIn(target.url);
  expect(versions).toHaveLength((await readMigrations(migrationsFolder)).length);
  expect(Object.keys(rows)).toEqual(Object.keys(rowsThen).filter((each) => each in rows));
  expect(Object.keys(rows)).toHaveLength(Object.keys(rowsThen).length - 1);
  await database.drop();
  await target.drop();
});

it('what a killed backup left is cleared away a day later, and not before', async () => {
  const before = place('nightly');
  mkdirSync(before);
  for (const name of ['.old.tgz.deskbell-part-1', '.new.tgz.deskbell-part-2', 'kept.tgz'])
    writeFileSync(path.join(before, name), '');
  const longAgo = new Date(Date.now() - 2 * 86_400_000);
  for (const name of ['.old.tgz.deskbell-part-1', 'kept.tgz'])
    utimesSync(path.join(before, name), longAgo, longAgo);
  await writeBackup({
    databaseUrl: world.database.url,
    dataFolder: place('x'),
    file: path.join(before, 'b.tgz'),
  });
  expect(readdirSync(before).sort()).toEqual(['.new.tgz.deskbell-part-2', 'b.tgz', 'kept.tgz']);
});

it('a backup that is interrupted leaves nothing', async () => {
  const before = readdirSync(folder);
  const interrupted = new AbortController();
  const backUp = writeBackup({
    databaseUrl: world.database.url,
    dataFolder: place('data'),
    file: place('interrupted.tgz'),
    signal: interrupted.signal,
    onSnapshot: async () => interrupted.abort(),
  });
  await expect(backUp).rejects.toThrow('abort');
  expect(readdirSync(folder)).toEqual(before);
});

it('one that is interrupted in the midst of a large table ends at once', async () => {
  const database = await emptyDatabase();
  const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  await sql`create table bulk as select repeat(md5(n::text), 40) as text from generate_series(1, 40000) n`;
  await sql.end();
  let asked = 0;
  const signal = {
    throwIfAborted() {
      asked += 1;
      if (asked > 6) throw new Error('aborted in the midst');
    },
  } as unknown as AbortSignal;
  const before = readdirSync(folder);
  const file = place('bulk.tgz');
  const backUp = writeBackup({ databaseUrl: database.url, dataFolder: place('x'), file, signal });
  await expect(backUp).rejects.toThrow('aborted in the midst');
  expect(readdirSync(folder)).toEqual(before);
  await database.drop();
}, 20_000);
