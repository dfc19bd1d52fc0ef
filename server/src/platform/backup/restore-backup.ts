import { existsSync, readdirSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { clusterFolderOf } from '../database/cluster.ts';
import { prepareDataFolder } from '../database/data-folder.ts';
import { startEmbeddedDatabase } from '../database/embedded.ts';
import { migrate, migrationsFolder, readMigrations } from '../database/migrate.ts';
import { adoptPostmaster, stopPostmaster } from '../database/postmaster.ts';
import { assertUsable } from '../database/start.ts';
import type { Logger } from '../logger.ts';
import { StartRefusal } from '../start-refusal.ts';
import { connect } from '../store/connect.ts';
import { readTables } from './catalogue.ts';
import { type CheckedBackup, checkBackup } from './check-backup.ts';
import { keptFilesIn } from './data-files.ts';
import { loadBackup } from './load-backup.ts';

export interface RestoreOptions {
  file: string;
  /** A foreign database to restore into; without one, a database is made in the data folder. */
  databaseUrl: string | undefined;
  dataFolder: string;
  log: Logger;
}

/**
 * Restores a backup into a place where no Deskbell is, all or nothing, and brings it to this release's
 * schema. Throws StartRefusal, and has changed nothing, when there is one or the file is not what it was.
 */
export async function restoreBackup(options: RestoreOptions): Promise<CheckedBackup> {
  await (options.databaseUrl ? assertEmptyDatabase(options.databaseUrl) : undefined);
  assertNoFiles(options);
  const migrations = await readMigrations(migrationsFolder);
  const backup = await checkBackup(options.file, migrations);
  prepareDataFolder(options.dataFolder);
  await clearAway(options.dataFolder);
  const draft = path.join(options.dataFolder, `${draftPrefix}${process.pid}`);
  await mkdir(path.join(draft, 'files'), { recursive: true, mode: 0o700 });
  const given = { ...options, backup, migrations, draft };
  try {
    await (options.databaseUrl ? restoreAbroad(given, options.databaseUrl) : restoreHere(given));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return backup;
}

/** Drafts stand inside the data folder: that may be a mounted disk, and beside it another. */
const draftPrefix = '.restoring-';

type Given = RestoreOptions & {
  backup: CheckedBackup;
  migrations: Awaited<ReturnType<typeof readMigrations>>;
  draft: string;
};

/** The database is made and filled in the draft; what makes a Deskbell of the folder is moved out of it last. */
async function restoreHere({ backup, migrations, draft, dataFolder, log }: Given): Promise<void> {
  const embedded = await startEmbeddedDatabase({
    dataFolder: draft,
    log,
    onLost: () => log.error('another program has taken over the database that is being restored'),
  });
  try {
    const filesFolder = path.join(draft, 'files');
    await loadBackup(backup, { databaseUrl: embedded.url, filesFolder, migrations });
    await migrate(embedded.url);
  } finally {
    await embedded.stop();
  }
  const undo = await moveFiles(path.join(draft, 'files'), dataFolder);
  try {
    const name = existsSync(path.join(draft, 'postgres')) ? 'postgres' : 'postgres-is-at';
    await rename(path.join(draft, name), path.join(dataFolder, name));
    await syncFolder(dataFolder);
  } catch (error) {
    await undo();
    throw error;
  }
}

async function restoreAbroad(
  { backup, migrations, draft, dataFolder }: Given,
  databaseUrl: string,
): Promise<void> {
  const filesFolder = path.join(draft, 'files');
  let undo: () => Promise<void> = async () => undefined;
  const beforeCommit = async () => {
    undo = await moveFiles(filesFolder, dataFolder);
    await syncFolder(dataFolder);
  };
  try {
    await loadBackup(backup, { databaseUrl, filesFolder, migrations, beforeCommit });
  } catch (error) {
    await undo();
    throw error;
  }
  await migrate(databaseUrl);
}

/** Answers how to take it back. */
async function moveFiles(from: string, to: string): Promise<() => Promise<void>> {
  const names = readdirSync(from);
  const undo = async () => {
    for (const name of names) await rm(path.join(to, name), { recursive: true, force: true });
  };
  try {
    for (const name of names) await rename(path.join(from, name), path.join(to, name));
    return undo;
  } catch (error) {
    await undo();
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function assertNoFiles({ databaseUrl, dataFolder }: RestoreOptions): void {
  const isTaken = !databaseUrl && existsSync(clusterFolderOf(dataFolder));
  if (!isTaken && keptFilesIn(dataFolder).length === 0) return;
  throw new StartRefusal(
    `There is a Deskbell in ${dataFolder} already. Nothing was changed: ` +
      'restore beside it with --into FOLDER, or move it away first.',
  );
}

async function assertEmptyDatabase(databaseUrl: string): Promise<void> {
  await assertUsable(databaseUrl);
  const sql = connect(databaseUrl, { max: 1, name: 'deskbell restore', isReadOnlyOutside: true });
  try {
    const [table] = await readTables(sql);
    if (table)
      throw new StartRefusal(
        `The database of DATABASE_URL is not empty (it has a table ${table.name}). Nothing was changed: ` +
          'restore into a new one.',
      );
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** What a killed restore has left. */
async function clearAway(dataFolder: string): Promise<void> {
  const drafts = readdirSync(dataFolder).filter((name) => name.startsWith(draftPrefix));
  for (const name of drafts) {
    const draft = path.join(dataFolder, name);
    const orphan = await adoptPostmaster(clusterFolderOf(draft), () => undefined);
    if (orphan) await stopPostmaster(orphan);
    await rm(draft, { recursive: true, force: true });
  }
}
