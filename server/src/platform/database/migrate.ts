import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { StartRefusal } from '../start-refusal.ts';
import { type Queries, run } from '../store/connect.ts';

/** One file of `server/migrations`: `NNNN_name.sql`. */
export interface Migration {
  version: number;
  name: string;
  sql: string;
  checksum: string;
}

/** A migration as the database remembers it. */
export interface Applied {
  version: number;
  name: string;
  checksum: string;
}

export const migrationsFolder = fileURLToPath(new URL('../../../migrations/', import.meta.url));

/** Any number that is ours alone; another than the instance lock's. Shared by whoever wants the schema to stay. */
export const migrationKey = '4918281964218473581';

/**
 * Brings the database to this release's schema and answers the versions that were applied now.
 * Safe when several servers start at once. Throws StartRefusal, and changes nothing, when the database
 * is newer than this release or was made by migrations that have since been edited.
 */
export async function migrate(databaseUrl: string, folder = migrationsFolder): Promise<number[]> {
  const migrations = await readMigrations(folder);
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const applied: number[] = [];
    const known = await readApplied(sql as unknown as Queries);
    for (const missing of missingFrom(known, migrations)) {
      if (await apply(sql, missing, migrations)) applied.push(missing.version);
    }
    return applied;
  } finally {
    await sql.end();
  }
}

/** The migrations of a folder in their order; throws when two have the same number or one is missing. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort();
  const migrations = await Promise.all(names.map((name) => readMigration(folder, name)));
  migrations.forEach(({ version, name }, index) => {
    if (version !== index + 1)
      throw new Error(`${name}: expected number ${index + 1}, the next after those before it`);
  });
  return migrations;
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  // A checkout on Windows may have changed the ends of lines, which changes nothing for the database.
  const sql = (await readFile(path.join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
  const checksum = createHash('sha256').update(sql).digest('hex');
  return { version: Number(name.slice(0, 4)), name: name.slice(5, -4), sql, checksum };
}

/** Which of this release's migrations a database lacks. Throws as `migrate` does; changes nothing. */
export async function findMissing(sql: Queries): Promise<Migration[]> {
  return missingFrom(await readApplied(sql), await readMigrations(migrationsFolder));
}

/** What is to be applied yet; refuses a database that these migrations did not make. */
function missingFrom(applied: Applied[], migrations: Migration[]): Migration[] {
  const newest = Math.max(0, ...applied.map(({ version }) => version));
  if (newest > migrations.length) {
    throw new StartRefusal(
      `The database was made by a newer Deskbell: its schema is ${newest}, this release knows ${migrations.length}. ` +
        'Nothing was changed. Start the newer release, or restore a backup made by this one.',
    );
  }
  for (const { version, checksum } of applied) {
    const known = migrations[version - 1];
    if (known?.checksum === checksum) continue;
    throw new StartRefusal(
      `Migration ${known?.name} (${version}) has been edited since it was applied to this database. ` +
        'Nothing was changed. Put the file back as it was, and add a new migration instead.',
    );
  }
  return migrations.filter(({ version }) => !applied.some((each) => each.version === version));
}

/** The migrations that made this database, in their order; none where it is empty. */
export async function readApplied(sql: Queries): Promise<Applied[]> {
  const [table] = await run<{ exists: boolean }>(
    sql,
    `select to_regclass('schema_versions') is not null as "exists"`,
  );
  return table?.exists
    ? run<Applied>(sql, 'select version, name, checksum from schema_versions order by version')
    : [];
}

/**
 * Each in its own transaction under the advisory lock, which ends with it: so it also holds through a
 * pooler that gives every transaction another connection. False when another server was quicker.
 */
function apply(sql: postgres.Sql, migration: Migration, migrations: Migration[]): Promise<boolean> {
  return sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(${migrationKey}::bigint)`;
    await transaction.unsafe(createVersions);
    const missing = missingFrom(await readApplied(transaction as unknown as Queries), migrations);
    if (!missing.includes(migration)) return false;
    await transaction.unsafe(migration.sql);
    const { version, name, checksum } = migration;
    await transaction`insert into schema_versions ${transaction({ version, name, checksum })}`;
    return true;
  }) as Promise<boolean>;
}

/** The table that remembers them. */
export const createVersions = `
  create table if not exists schema_versions (
    version integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`;
