import { open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { migrationKey, readApplied } from '../database/migrate.ts';
import { StartRefusal } from '../start-refusal.ts';
import { connect, type Pool, run } from '../store/connect.ts';
import { copyOut } from '../store/copy.ts';
import { transact } from '../store/transactions.ts';
import { version } from '../version.ts';
import { ArchiveWriter } from './archive-writer.ts';
import { quoted, readSequences, readTables, type TableShape } from './catalogue.ts';
import { keptFilesIn } from './data-files.ts';
import {
  FILES,
  FORMAT,
  HEADER,
  type Header,
  MANIFEST,
  type Manifest,
  type Part,
  type TableParts,
} from './format.ts';

/** Rows leave the database in pieces of this size, with a pause after each as long as the piece took. */
const PART_BYTES = 1_000_000;

export interface BackupOptions {
  databaseUrl: string;
  dataFolder: string;
  /** Where to write it; must not be there yet. */
  file: string;
  /** Ends it early; nothing is left then. */
  signal?: AbortSignal | undefined;
  /** Told which of the database's processes serves the backup. */
  onBackend?(pid: number): void;
  /** Told the snapshot that is written, for whoever wants to read the same rows. */
  onSnapshot?(name: string): Promise<void>;
}

/**
 * Writes all rows, as they are at one moment, and the files of the data folder into one file. The server may
 * be at work: nobody waits for it, since it only reads, in one repeatable-read transaction. Files
 * are listed after the rows' moment, so that every file a row names is among them. Answers what it wrote.
 */
export async function writeBackup(options: BackupOptions): Promise<Manifest & { header: Header }> {
  const archive = await ArchiveWriter.open(options.file, options.signal);
  try {
    const sql = connect(options.databaseUrl, {
      max: 1,
      name: 'deskbell backup',
      isReadOnlyOutside: true,
    });
    try {
      const mode = 'isolation level repeatable read read only';
      const rows = await transact(sql, mode, () =>
        writeRows(sql, archive, options).catch(async (error) => {
          // Cut: what is left of a large table would have to be read before anything else could be said.
          await sql.end({ timeout: 0 });
          throw error;
        }),
      );
      const files = await writeFiles(archive, options);
      const { header, ...tables } = rows;
      const manifest: Manifest = { ...tables, files };
      await archive.add(MANIFEST, Buffer.from(JSON.stringify(manifest)));
      await archive.finish();
      return { header, ...manifest };
    } finally {
      await sql.end({ timeout: 1 });
    }
  } catch (error) {
    await archive.drop();
    throw error;
  }
}

async function writeRows(
  sql: Pool,
  archive: ArchiveWriter,
  options: BackupOptions,
): Promise<Pick<Manifest, 'tables' | 'sequences'> & { header: Header }> {
  await holdSchema(sql);
  const [own] = await run<{ pid: number; snapshot: string }>(
    sql,
    'select pg_backend_pid() as pid, pg_export_snapshot() as snapshot',
  );
  if (own) {
    options.onBackend?.(own.pid);
    await options.onSnapshot?.(own.snapshot);
  }
  const header: Header = {
    product: 'deskbell',
    format: FORMAT,
    version,
    madeAt: new Date().toISOString(),
    migrations: await readApplied(sql),
  };
  await archive.add(HEADER, Buffer.from(JSON.stringify(header)));
  const tables: TableParts[] = [];
  for (const table of await readTables(sql)) tables.push(await writeTable(sql, archive, table));
  return { header, tables, sequences: await readSequences(sql) };
}

/** What `migrate` takes for itself: until we are done no schema changes, and none waits before tables that others want. */
async function holdSchema(sql: Pool): Promise<void> {
  const [row] = await run<{ isHeld: boolean }>(
    sql,
    `select pg_try_advisory_xact_lock_shared(${migrationKey}) as "isHeld"`,
  );
  if (!row?.isHeld)
    throw new StartRefusal("The database's schema is just being changed: try again in a moment.");
  for (const setting of ["datestyle = 'ISO'", "intervalstyle = 'postgres'", "timezone = 'UTC'"])
    await run(sql, `set local ${setting}`);
}

async function writeTable(
  sql: Pool,
  archive: ArchiveWriter,
  { name, columns }: TableShape,
): Promise<TableParts> {
  const list = columns.map(quoted).join(', ');
  const rows = copyOut(sql, `copy ${quoted(name)} (${list}) to stdout`);
  const parts: Part[] = [];
  let count = 0;
  for await (const piece of inPieces(rows)) {
    count += rowsIn(piece);
    const number = String(parts.length + 1).padStart(6, '0');
    parts.push(await archive.add(`tables/${name}/${number}`, piece));
  }
  return { name, columns, rows: count, parts };
}

async function* inPieces(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let bytes = 0;
  let begun = performance.now();
  for await (const chunk of stream) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes < PART_BYTES) continue;
    yield Buffer.concat(chunks);
    chunks = [];
    bytes = 0;
    // The database stands still meanwhile: what we don't read, it can't go on to send.
    await delay(performance.now() - begun);
    begun = performance.now();
  }
  if (bytes > 0) yield Buffer.concat(chunks);
}

/** In COPY's text a line feed ends a row and nothing else. */
function rowsIn(piece: Buffer): number {
  let count = 0;
  for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) count += 1;
  return count;
}

async function writeFiles(
  archive: ArchiveWriter,
  { dataFolder }: BackupOptions,
): Promise<Manifest['files']> {
  const written: Manifest['files'] = [];
  for (const file of keptFilesIn(dataFolder)) {
    const found = await writeFile(archive, dataFolder, file);
    if (found) written.push(found);
  }
  return written;
}

/** Null where it has been deleted since it was listed. */
async function writeFile(
  archive: ArchiveWriter,
  dataFolder: string,
  file: string,
): Promise<Manifest['files'][number] | null> {
  const handle = await open(path.join(dataFolder, file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new StartRefusal(`${path.join(dataFolder, file)} cannot be read: ${error.message}`);
  });
  if (!handle) return null;
  try {
    const { size, mode } = await handle.stat();
    const entry = { name: FILES + file, bytes: size, mode: mode & 0o777 };
    // What is appended meanwhile belongs to the next backup.
    const content = size === 0 ? [] : handle.createReadStream({ end: size - 1, autoClose: false });
    const part = await archive.addStream(entry, content as AsyncIterable<Buffer>);
    return { ...part, mode: entry.mode };
  } finally {
    await handle.close();
  }
}
