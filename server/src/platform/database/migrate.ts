import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { StartRefusal } from '../start-refusal.ts';

/** One file of `server/migrations`: `NNNN_name.sql`. */
export interface Migration {
  version: number;
  name: string;
  sql: string;
  checksum: string;
}

interface Applied {
  version: number;
  checksum: string;
}

export const migrationsFolder = fileURLToPath(new URL('../../../migrations/', import.meta.url));

/** Any number that is ours alone; another than the instance lock's. */
const migrationKey = '4918281964218473581';

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
    for (const missing of missingFrom(await readApplied(sql), migrations)) {
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

async function readApplied(sql: postgres.Sql | postgres.TransactionSql): Promise<Applied[]> {
  const [table] = await sql`select to_regclass('schema_versions') is not null as "exists"`;
  return table?.exists
    ? sql<Applied[]>`select version, checksum from schema_versions order by version`
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
    const missing = missingFrom(await readApplied(transaction), migrations);
    if (!missing.includes(migration)) return false;
    await transaction.unsafe(migration.sql);
    const { version, name, checksum } = migration;
    await transaction`insert into schema_versions ${transaction({ version, name, checksum })}`;
    return true;
  }) as Promise<boolean>;
}

const createVersions = `
  create table if not exists schema_versions (
    version integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`;
