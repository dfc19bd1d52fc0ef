import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Logger } from '../logger.ts';
import { StartRefusal } from '../start-refusal.ts';
import { binariesIn, findBinaries, type PostgresBinaries } from './binaries.ts';
import {
  assertMajor,
  type Cluster,
  clusterFolderOf,
  createCluster,
  isCluster,
  isUnreadable,
  noteOf,
} from './cluster.ts';
import {
  candidates,
  canRun,
  type DatabaseUser,
  nobodyToRunAs,
  ownerOf,
  systemUsers,
} from './database-user.ts';

/** The database of a data folder: the one that is there, or a new one, with a user and programs that work here. */
export async function openCluster(dataFolder: string, log: Logger): Promise<Cluster> {
  const folder = clusterFolderOf(dataFolder);
  if (isCluster(folder)) return existing(folder);
  assertNothingInTheWay(folder);
  const cluster = place(dataFolder);
  log.info({ folder: cluster.folder }, 'making the database');
  await createCluster(cluster);
  return cluster;
}

function existing(folder: string): Cluster {
  assertMajor(folder);
  const user = ownerOf(folder);
  const binaries = findBinaries();
  // Once made, a database runs without its user having a name; nobody else may open it anyway.
  if (user.kind === 'self' || canRun(user, binaries, folder)) return { folder, user, binaries };
  if (user.kind === 'system')
    return { folder, user, binaries: copyPrograms(binaries, path.dirname(folder), user) };
  throw nobodyToRunAs();
}

function assertNothingInTheWay(folder: string): void {
  if (isUnreadable(folder)) {
    throw new StartRefusal(
      `The database in ${folder} belongs to another user: start Deskbell as that user.`,
    );
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new StartRefusal(
      `${folder} is not empty and not a database: move it away, or set DATA_DIR.`,
    );
  }
}

/** In the data folder, as the first user who can work there; else where a system user can. */
function place(dataFolder: string): Cluster {
  const binaries = findBinaries();
  const user = candidates(dataFolder).find(
    (each) => canRun(each, binaries, '/') && canReach(each, binaries, dataFolder),
  );
  return user
    ? { folder: path.join(dataFolder, 'postgres'), user, binaries }
    : takeRefuge(dataFolder, binaries);
}

function canReach(user: DatabaseUser, binaries: PostgresBinaries, dataFolder: string): boolean {
  // Others may pass through the data folder, not list it; the database's own folder stays closed to them.
  if (user.kind === 'system') chmodSync(dataFolder, 0o711);
  return canRun(user, binaries, dataFolder);
}

/** Root in its own closed home without user namespaces: no other user can enter, so database and programs go to /var/lib. */
function takeRefuge(dataFolder: string, binaries: PostgresBinaries): Cluster {
  if (process.getuid?.() !== 0) throw nobodyToRunAs();
  const user = systemUsers().find((each) =>
    canRun(each, { ...binaries, postgres: '/bin/true' }, '/'),
  );
  if (!user) throw nobodyToRunAs();
  const refuge = path.join(
    '/var/lib/deskbell',
    createHash('sha256').update(dataFolder).digest('hex').slice(0, 16),
  );
  mkdirSync(refuge, { recursive: true, mode: 0o711 });
  const folder = path.join(refuge, 'postgres');
  const copied = copyPrograms(binaries, refuge, user);
  writeFileSync(noteOf(dataFolder), `${folder}\n`);
  return { folder, user, binaries: copied };
}

/** One copy (60 MB) for each release of the programs, whole or not there. */
function copyPrograms(
  binaries: PostgresBinaries,
  refuge: string,
  user: DatabaseUser,
): PostgresBinaries {
  const to = path.join(refuge, `programs-${binaries.version}`);
  if (!existsSync(to)) {
    const draft = `${to}.new-${process.pid}`;
    cpSync(binaries.home, draft, { recursive: true, verbatimSymlinks: true });
    renameSync(draft, to);
  }
  const copied = binariesIn(to, binaries.version);
  if (!canRun(user, copied, '/')) throw nobodyToRunAs();
  return copied;
}
