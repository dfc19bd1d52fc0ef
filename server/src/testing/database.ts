import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { startEmbeddedDatabase } from '../platform/database/embedded.ts';
import { migrate } from '../platform/database/migrate.ts';
import { adoptPostmaster, stopPostmaster } from '../platform/database/postmaster.ts';
import { isAlive } from '../platform/database/postmaster-file.ts';
import { createLogger } from '../platform/logger.ts';

/** How to reach the PostgreSQL of a run: as its superuser, and as the owner of the test databases. */
export interface TestPostgresAddress {
  adminUrl: string;
  ownerUrl: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of this run; what `createTestDatabase` is given there. */
    testPostgres: TestPostgresAddress;
  }
}

/** A PostgreSQL for one run of tests, a bench or the kill test. */
export interface TestPostgres {
  /** What `createTestDatabase` wants to be given in another process. */
  address: TestPostgresAddress;
  /** Where it lives until `stop`. */
  folder: string;
  createDatabase(): Promise<TestDatabase>;
  stop(): Promise<void>;
}

/** A database of its own with this release's schema, owned by an ordinary role as in production. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

const template = 'deskbell_template';
const folderPrefix = 'deskbell-test-';

/**
 * Starts one embedded PostgreSQL, exactly as the server does (fsync on: what is measured is the truth), in
 * a temporary folder, and makes the template. Clears away what killed runs have left there.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  await clearAwayLeftovers();
  const folder = mkdtempSync(path.join(tmpdir(), folderPrefix));
  writeFileSync(ownerFile(folder), String(process.pid));
  const embedded = await startEmbeddedDatabase({
    dataFolder: folder,
    log: createLogger('error'),
    onLost: () => {},
  });
  const address = { adminUrl: embedded.adminUrl, ownerUrl: embedded.url };
  await asAdmin(address, (sql) => sql`create database ${sql(template)} owner deskbell`);
  await migrate(withDatabase(address.ownerUrl, template));
  return {
    address,
    folder,
    createDatabase: () => createTestDatabase(address),
    async stop() {
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A fresh clone of the template; takes some 120 ms, nearly all of it fsync. Inside Vitest the PostgreSQL of the
 * run is found by itself; elsewhere give the `address` of `startTestPostgres`.
 */
export async function createTestDatabase(given?: TestPostgresAddress): Promise<TestDatabase> {
  const address = given ?? (await import('vitest')).inject('testPostgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(
    address,
    (sql) => sql`create database ${sql(name)} template ${sql(template)} owner deskbell`,
  );
  return {
    url: withDatabase(address.ownerUrl, name),
    async drop() {
      await asAdmin(address, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
    },
  };
}

async function asAdmin<Result>(
  { adminUrl }: TestPostgresAddress,
  act: (sql: postgres.Sql) => Promise<Result>,
): Promise<Result> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    return await act(sql);
  } finally {
    await sql.end();
  }
}

function withDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

const ownerFile = (folder: string) => path.join(folder, 'owner.pid');

async function clearAwayLeftovers(): Promise<void> {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(folderPrefix));
  await Promise.all(folders.map((name) => clearAway(path.join(tmpdir(), name))));
}

async function clearAway(folder: string): Promise<void> {
  const { uid } = statSync(folder, { throwIfNoEntry: false }) ?? {};
  if (uid !== process.getuid?.() || isInUse(folder)) return;
  const orphan = await adoptPostmaster(path.join(folder, 'postgres'), () => undefined);
  if (orphan) await stopPostmaster(orphan);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Without the file it is just being made, or no longer quite removed; a day settles which. */
function isInUse(folder: string): boolean {
  try {
    return isAlive(Number(readFileSync(ownerFile(folder), 'utf8')));
  } catch {
    return Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 86_400_000;
  }
}
