import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { startEmbeddedDatabase } from '../platform/database/embedded.ts';
import { migrate } from '../platform/database/migrate.ts';
import { findPostmaster, isAlive } from '../platform/database/postmaster-file.ts';
import { createLogger } from '../platform/logger.ts';

/** A PostgreSQL for one run of tests, a bench or the kill test. */
export interface TestPostgres {
  /** Connects as superuser; what `createTestDatabase` wants to be given in another process. */
  adminUrl: string;
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
  clearAwayLeftovers();
  const folder = mkdtempSync(path.join(tmpdir(), folderPrefix));
  writeFileSync(ownerFile(folder), String(process.pid));
  const embedded = await startEmbeddedDatabase({
    dataFolder: folder,
    log: createLogger('error'),
    onLost: () => {},
  });
  const { adminUrl } = embedded;
  await asAdmin(adminUrl, (sql) => sql`create database ${sql(template)} owner deskbell`);
  await migrate(withDatabase(embedded.url, template));
  // The clones' owner signs in with his password, which another process learns from here.
  await asAdmin(adminUrl, (sql) =>
    sql.unsafe(`comment on database ${template} is '${new URL(embedded.url).password}'`),
  );
  return {
    adminUrl,
    createDatabase: () => createTestDatabase(adminUrl),
    async stop() {
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A fresh clone of the template (some 20 ms). Inside Vitest the server of the run is found by itself; elsewhere give
 * the `adminUrl` of `startTestPostgres`.
 */
export async function createTestDatabase(adminUrl?: string): Promise<TestDatabase> {
  const server = adminUrl ?? (await import('vitest')).inject('testPostgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const password = await asAdmin(server, async (sql) => {
    await sql`create database ${sql(name)} template ${sql(template)} owner deskbell`;
    const [row] =
      await sql`select shobj_description(oid, 'pg_database') as password from pg_database where datname = ${template}`;
    return row?.password as string;
  });
  return {
    url: withOwner(withDatabase(server, name), password),
    drop: () =>
      asAdmin(server, (sql) =>
        sql`drop database if exists ${sql(name)} with (force)`.then(() => {}),
      ),
  };
}

async function asAdmin<Result>(
  url: string,
  act: (sql: postgres.Sql) => Promise<Result>,
): Promise<Result> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await act(sql);
  } finally {
    await sql.end();
  }
}

function withDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

function withOwner(url: string, password: string): string {
  return Object.assign(new URL(url), { username: 'deskbell', password }).href;
}

const ownerFile = (folder: string) => path.join(folder, 'owner.pid');

function clearAwayLeftovers(): void {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(folderPrefix));
  for (const name of folders) clearAway(path.join(tmpdir(), name));
}

function clearAway(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.uid !== process.getuid?.() || isInUse(folder))
    return;
  const orphan = findPostmaster(path.join(folder, 'postgres'));
  if (orphan) process.kill(orphan.pid, 'SIGQUIT');
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
