import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createVersions, type Migration } from '../database/migrate.ts';
import { connect, type Pool, run } from '../store/connect.ts';
import { transact } from '../store/transactions.ts';
import { type ArchiveEntry, altered, readArchive } from './archive-reader.ts';
import { quoted } from './catalogue.ts';
import { type CheckedBackup, partsOf } from './check-backup.ts';
import { FILES, type TableParts } from './format.ts';

interface Target {
  databaseUrl: string;
  /** An empty folder for the files; they are moved from there when all is well. */
  filesFolder: string;
  migrations: readonly Migration[];
  /** The last thing before the rows are committed. */
  beforeCommit?(): Promise<void>;
}

/**
 * Puts a checked backup into an empty database and an empty folder, with the schema that it was made
 * with: one transaction, so that whatever fails leaves the database as it was.
 */
export async function loadBackup(backup: CheckedBackup, target: Target): Promise<void> {
  const sql = connect(target.databaseUrl, {
    max: 1,
    name: 'deskbell restore',
    isReadOnlyOutside: true,
  });
  try {
    await transact(sql, 'read write', async () => {
      await makeSchema(sql, backup, target.migrations);
      await loadEntries(sql, backup, target.filesFolder);
      await compareCounts(sql, backup);
      await placeSequences(sql, backup);
      await target.beforeCommit?.();
    });
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** What migrations put into tables stands in the backup as well. */
async function makeSchema(
  sql: Pool,
  { header, manifest }: CheckedBackup,
  migrations: readonly Migration[],
): Promise<void> {
  await sql.unsafe(createVersions);
  for (const { version } of header.migrations) {
    const text = migrations[version - 1]?.sql;
    if (text === undefined) throw new Error(`there is no migration ${version}`);
    await sql.unsafe(text);
  }
  const names = manifest.tables.map(({ name }) => quoted(name));
  await sql.unsafe(`truncate ${names.join(', ')}`);
}

/** The archive has the tables one after the other, then the files. */
async function loadEntries(
  sql: Pool,
  { file, manifest }: CheckedBackup,
  filesFolder: string,
): Promise<void> {
  const expected = partsOf(manifest).values();
  const tableOf = new Map(
    manifest.tables.flatMap((table) => table.parts.map(({ name }) => [name, table] as const)),
  );
  let loading: { table: TableParts; rows: Writable } | null = null;
  for await (const entry of readArchive(file)) {
    const table = tableOf.get(entry.name);
    if (loading && loading.table !== table) {
      await end(loading.rows);
      loading = null;
    }
    if (!table && !entry.name.startsWith(FILES)) continue;
    const part = expected.next().value;
    // Checked once more: the file may have been replaced since it was read.
    const hashed = hashing(entry.content);
    if (table) {
      loading ??= { table, rows: await openTable(sql, table) };
      await write(loading.rows, hashed.content);
    } else await writeFile(path.join(filesFolder, entry.name.slice(FILES.length)), entry, hashed);
    if (part?.name !== entry.name || part.sha256 !== hashed.digest()) throw altered(file);
  }
  if (!expected.next().done) throw altered(file);
}

function openTable(sql: Pool, { name, columns }: TableParts): Promise<Writable> {
  const list = columns.map(quoted).join(', ');
  return sql.unsafe(`copy ${quoted(name)} (${list}) from stdin`).writable();
}

async function write(rows: Writable, content: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of content) if (!rows.write(chunk)) await once(rows, 'drain');
}

async function end(rows: Writable): Promise<void> {
  rows.end();
  await finished(rows);
}

function hashing(content: AsyncIterable<Buffer>) {
  const hash = createHash('sha256');
  const through = async function* () {
    for await (const chunk of content) {
      hash.update(chunk);
      yield chunk;
    }
  };
  return { content: through(), digest: () => hash.digest('hex') };
}

async function writeFile(
  place: string,
  { mode }: ArchiveEntry,
  { content }: { content: AsyncIterable<Buffer> },
): Promise<void> {
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
  const handle = await open(place, 'wx', mode);
  try {
    for await (const chunk of content) await handle.writeFile(chunk);
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A row that a rule of the database swallowed would be missed by nobody else. */
async function compareCounts(sql: Pool, { manifest }: CheckedBackup): Promise<void> {
  for (const { name, rows } of manifest.tables) {
    const [found] = await run<{ count: number }>(sql, `select count(*) from ${quoted(name)}`);
    if (found?.count !== rows)
      throw new Error(`${name} has ${found?.count} rows after it was restored, not ${rows}`);
  }
}

async function placeSequences(sql: Pool, { manifest }: CheckedBackup): Promise<void> {
  for (const { name, value, isCalled } of manifest.sequences)
    await run(sql, 'select setval($1::regclass, $2::bigint, $3)', [quoted(name), value, isCalled]);
}
