import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { findBinaries } from '../platform/database/binaries.ts';
import { clusterFolderOf } from '../platform/database/cluster.ts';
import { freeBytes, LOW_DISK } from '../platform/health/disk.ts';
import { StartRefusal } from '../platform/start-refusal.ts';
import { type Finding, right, wrong } from './finding.ts';
import { shownSize } from './shown.ts';

const oldestNode = 24;

export function examineNode(version = process.versions.node): Finding {
  return Number(version.split('.')[0]) >= oldestNode
    ? right('Node', version)
    : wrong('Node', `${version}; expected ${oldestNode} or newer: npm ci brings it.`);
}

export function examinePrograms(): Finding {
  try {
    const { version, postgres } = findBinaries();
    accessSync(postgres, constants.X_OK);
    return right('PostgreSQL', `its programs are here (${version})`);
  } catch (error) {
    if (error instanceof StartRefusal) return wrong('PostgreSQL', error.message);
    return wrong('PostgreSQL', 'its programs may not be run: npm ci puts them right.');
  }
}

/** Whether it is there, whose it is, whether it can be written, and how much room it has. */
export async function examineDataFolder(folder: string): Promise<Finding[]> {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (!stats) return [right('Data folder', `${folder} is not there yet; the first start makes it`)];
  if (!stats.isDirectory())
    return [wrong('Data folder', `${folder} is a file: move it away, or set DATA_DIR.`)];
  const free = await freeBytes(folder);
  return [examineOwner(folder, stats.uid), ...(free === undefined ? [] : [examineRoom(free)])];
}

function examineOwner(folder: string, uid: number): Finding {
  if (!isWritable(folder))
    return wrong(
      'Data folder',
      `${folder} can't be written by ${me()} (it belongs to user ${uid}): call this as that user, or set DATA_DIR.`,
    );
  const cluster = clusterFolderOf(folder);
  const owner = existsSync(cluster) ? statSync(cluster).uid : uid;
  const mine = process.getuid?.();
  if (mine !== undefined && mine !== 0 && owner !== mine)
    return wrong(
      'Data folder',
      `the database in ${cluster} belongs to user ${owner}, not to ${me()}: call this as that user.`,
    );
  return right('Data folder', `${folder} can be written`);
}

function examineRoom(free: number): Finding {
  return free >= LOW_DISK
    ? right('Disk', `${shownSize(free)} free`)
    : wrong('Disk', `only ${shownSize(free)} free: make room, 1 GB at the least.`);
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A user by number alone, as in some containers, has no name. */
function me(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.()}`;
  }
}
