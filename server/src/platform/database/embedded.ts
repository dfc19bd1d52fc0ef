import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../logger.ts';
import { StartRefusal } from '../start-refusal.ts';
import { type Cluster, readAccess, writeAccess } from './cluster.ts';
import { prepareDataFolder } from './data-folder.ts';
import { freePort } from './free-port.ts';
import { type InstanceLock, takeInstanceLock } from './instance-lock.ts';
import { openCluster } from './open-cluster.ts';
import { endOrphans } from './orphans.ts';
import {
  adoptPostmaster,
  launchPostmaster,
  type Postmaster,
  PostmasterFailed,
  stopPostmaster,
} from './postmaster.ts';
import { findPostmaster, isAlive, runsProgram } from './postmaster-file.ts';

/** A PostgreSQL of our own, kept running until `stop`. */
export interface EmbeddedDatabase {
  /** Connects as the database's owner, who is no superuser. */
  url: string;
  /** Connects as PostgreSQL's superuser, for backups and tests. */
  adminUrl: string;
  /** The folder of its Unix socket, undefined where that path would be too long for one. */
  socketFolder: string | undefined;
  /** Ends it in order; resolves when no process is left. */
  stop(): Promise<void>;
  /** Ends it at once, without waiting: its log makes it whole at the next start. */
  abandon(): void;
}

/** Another program has the database: this data folder's server, most often. */
export class AlreadyRunning extends StartRefusal {}

interface Options {
  dataFolder: string;
  log: Logger;
  /** Another server has taken the database over while ours was cut off from it: this one must end. */
  onLost: () => void;
}

/**
 * Starts the database of that data folder, making it at the first time and adopting it when a killed
 * server left it running. Throws StartRefusal when another server has it, or when it cannot start.
 */
export async function startEmbeddedDatabase({
  dataFolder,
  log,
  onLost,
}: Options): Promise<EmbeddedDatabase> {
  prepareDataFolder(dataFolder);
  const cluster = await openCluster(dataFolder, log);
  let held = await holdOnto(cluster, dataFolder, log);
  const { port } = held.postmaster;
  let isStopping = false;
  /** Somebody else's by now: no longer ours to end. */
  let isLost = false;
  const watching = watch();

  return {
    url: urlOf(cluster, port, 'deskbell'),
    adminUrl: urlOf(cluster, port, 'postgres'),
    socketFolder: socketFolderOf(cluster),
    async stop() {
      isStopping = true;
      if (!isLost) await stopPostmaster(held.postmaster);
      await held.lock.release();
      await watching;
    },
    abandon() {
      isStopping = true;
      if (!isLost) held.postmaster.signal('SIGQUIT');
    },
  };

  async function watch(): Promise<void> {
    while (!isStopping) {
      await Promise.race([held.postmaster.ended, held.lock.lost]);
      if (isStopping) return;
      log.warn('PostgreSQL has gone; bringing it back');
      await held.lock.release();
      const back = await bringBack({ cluster, port, log, isStopping: () => isStopping });
      if (back === 'taken') {
        isLost = true;
        return onLost();
      }
      if (back === 'stopping') return;
      held = back;
      log.info('PostgreSQL is back');
    }
  }
}

interface Held {
  postmaster: Postmaster;
  lock: InstanceLock;
}

async function holdOnto(cluster: Cluster, dataFolder: string, log: Logger): Promise<Held> {
  for (;;) {
    const orphan = await adoptPostmaster(cluster.folder, () => log.info(recovering));
    const postmaster = orphan ?? (await launchSomewhere(cluster, log));
    const lock = await takeInstanceLock(urlOf(cluster, postmaster.port, 'deskbell')).catch(
      (error) => {
        // An orphan may have been told to stop just before we came: look again.
        if (orphan && isOnItsWayOut(error)) return undefined;
        throw error;
      },
    );
    if (!lock) continue;
    if ('heldBy' in lock) throw alreadyRunning(dataFolder, lock.heldBy);
    if (!orphan) return { postmaster, lock };
    if (runsProgram(postmaster.pid, cluster.binaries.postgres)) {
      log.warn('a killed server left PostgreSQL running; taking it over');
      return { postmaster, lock };
    }
    log.warn('a killed server of another release left PostgreSQL running; starting it anew');
    await stopPostmaster(postmaster);
    await lock.release();
  }
}

const recovering = 'PostgreSQL is still recovering; this takes longer after a power cut';

const isOnItsWayOut = (error: { code?: string }) =>
  [
    '57P01',
    '57P02',
    '57P03',
    'ECONNREFUSED',
    'ECONNRESET',
    'CONNECTION_CLOSED',
    'CONNECT_TIMEOUT',
  ].includes(error.code ?? '');

function alreadyRunning(dataFolder: string, pid: number | undefined): AlreadyRunning {
  const which = pid ? ` (process ${pid})` : '';
  return new AlreadyRunning(
    `Deskbell is already running with the data folder ${dataFolder}${which}. ` +
      'Stop it first, or set DATA_DIR and PORT for a second one.',
  );
}

/** Launches on the port of last time, or on another when a stranger has it now; keeps what it chose. */
async function launchSomewhere(cluster: Cluster, log: Logger): Promise<Postmaster> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const access = readAccess(cluster.folder);
    const port = await freePort(access.port);
    try {
      const postmaster = await launch(cluster, port, log);
      if (port !== access.port) await writeAccess(cluster, { ...access, port });
      return postmaster;
    } catch (error) {
      if (!(error instanceof PostmasterFailed)) throw error;
      if (!passes.test(error.reason) || Date.now() > deadline) throw cannotStart(cluster, error);
      await delay(100);
    }
  }
}

/** Reasons that go away by themselves: a port snatched, a killed PostgreSQL's processes still ending. */
const passes = /TCP\/IP sockets|pre-existing shared memory|lock file "postmaster\.pid"/;

function cannotStart(cluster: Cluster, { reason }: PostmasterFailed): StartRefusal {
  if (reason.includes('No space left on device')) {
    return new StartRefusal(
      'The disk is full: PostgreSQL cannot start. Free some space and start again.',
    );
  }
  return new StartRefusal(
    `The embedded PostgreSQL does not start: ${reason} (all of it in ${cluster.folder}/postgres.log)`,
  );
}

function launch(cluster: Cluster, port: number, log: Logger) {
  // A postmaster that lives, and is only slow to be found, is no orphan, nor are its children.
  const running = findPostmaster(cluster.folder);
  if (!running || !isAlive(running.pid)) endOrphans(cluster.folder);
  return launchPostmaster(cluster, {
    port,
    // Relative: PostgreSQL works in its folder, and a long path would not fit into a socket's address.
    socketFolder: socketFolderOf(cluster) ? '.' : '',
    onSlow: () => log.info(recovering),
  });
}

const longestRetryMs = 1_000;

/** Runs PostgreSQL and holds the lock again, however often it takes. */
async function bringBack(given: {
  cluster: Cluster;
  port: number;
  log: Logger;
  isStopping: () => boolean;
}) {
  const { cluster, port, log, isStopping } = given;
  for (let retryMs = 50; !isStopping(); retryMs = Math.min(retryMs * 2, longestRetryMs)) {
    try {
      const orphan = await adoptPostmaster(cluster.folder, () => log.info(recovering));
      const postmaster = orphan ?? (await launch(cluster, port, log));
      const lock = await takeInstanceLock(urlOf(cluster, postmaster.port, 'deskbell'));
      if ('heldBy' in lock || postmaster.port !== port) return 'taken';
      return { postmaster, lock };
    } catch (error) {
      log.warn({ err: error }, 'PostgreSQL is not back yet');
      await delay(retryMs);
    }
  }
  return 'stopping';
}

function urlOf(cluster: Cluster, port: number, user: 'deskbell' | 'postgres'): string {
  const { password, adminPassword } = readAccess(cluster.folder);
  return `postgres://${user}:${user === 'deskbell' ? password : adminPassword}@127.0.0.1:${port}/deskbell`;
}

/** The address of a Unix socket holds 107 bytes on Linux and 103 on macOS. */
function socketFolderOf({ folder }: Cluster): string | undefined {
  return Buffer.byteLength(`${folder}/.s.PGSQL.65535`) <= 103 ? folder : undefined;
}
