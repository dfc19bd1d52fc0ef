import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bareEnvironment, type Cluster } from './cluster.ts';
import { runAs } from './database-user.ts';
import { findPostmaster, isAlive, readPostmasterFile } from './postmaster-file.ts';
import { serverSettings } from './settings.ts';

/** A running PostgreSQL: our own child, or the orphan of a killed server. */
export interface Postmaster {
  pid: number;
  port: number;
  /** Resolves when it has ended, for whatever reason. */
  ended: Promise<void>;
  signal(signal: ShutdownSignal): void;
}

/** PostgreSQL's fast (clients cut, checkpoint) and immediate (as after a power cut) shutdown. */
export type ShutdownSignal = 'SIGINT' | 'SIGQUIT';

/** PostgreSQL gave up while starting; `reason` is the last line that its log has on it. */
export class PostmasterFailed extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`PostgreSQL did not start: ${reason}`);
    this.reason = reason;
  }
}

const pollMs = 20;
const longRecoveryMs = 10_000;

/**
 * Starts PostgreSQL on that port and waits until it answers. Detached into a process group of its own:
 * Ctrl-C must reach the server alone, which drains and only then stops its database. It writes into a
 * file, not a pipe, because it may outlive us.
 */
export async function launchPostmaster(
  cluster: Cluster,
  { port, socketFolder, onSlow }: { port: number; socketFolder: string; onSlow: () => void },
): Promise<Postmaster> {
  const log = openLog(cluster.folder);
  const child = spawnPostgres(cluster, serverSettings({ port, socketFolder }), log.descriptor);
  const life = lifeOf(child);
  closeSync(log.descriptor);
  if (!(await becomesReady(cluster.folder, life, onSlow)))
    throw new PostmasterFailed(lastComplaint(cluster.folder, log.startsAt));
  child.unref();
  return {
    pid: child.pid as number,
    port,
    ended: life.ended,
    signal: (signal) => void child.kill(signal),
  };
}

function spawnPostgres(cluster: Cluster, settings: string[], log: number): ChildProcess {
  const { file, args, as } = runAs(cluster.user, cluster.binaries.postgres, [
    '-D',
    cluster.folder,
    ...settings,
  ]);
  return spawn(file, args, {
    ...as,
    cwd: '/',
    detached: true,
    env: bareEnvironment,
    stdio: ['ignore', log, log],
  });
}

interface Life {
  pid: number | undefined;
  isOver: boolean;
  ended: Promise<void>;
}

function lifeOf(child: ChildProcess): Life {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const life = { pid: child.pid, isOver: false, ended };
  const end = () => {
    life.isOver = true;
    resolve();
  };
  // `error` instead of `exit`: the program could not even be started.
  child.once('exit', end).once('error', end);
  return life;
}

async function becomesReady(folder: string, life: Life, onSlow: () => void): Promise<boolean> {
  for (let waitedMs = 0; !life.isOver; waitedMs += pollMs) {
    const found = readPostmasterFile(folder);
    if (found?.pid === life.pid && found?.isReady) return true;
    if (waitedMs % longRecoveryMs === 0 && waitedMs > 0) onSlow();
    await delay(pollMs);
  }
  return false;
}

/**
 * Takes over one that runs already, once it answers; undefined when it ends instead. It is no child of
 * ours, so its end can only be seen by looking.
 */
export async function adoptPostmaster(
  folder: string,
  onSlow: () => void,
): Promise<Postmaster | undefined> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const found = findPostmaster(folder);
    if (!found) return undefined;
    if (found.isReady) return watched(found.pid, found.port);
    if (waitedMs % longRecoveryMs === 0 && waitedMs > 0) onSlow();
    await delay(pollMs);
  }
}

function watched(pid: number, port: number): Postmaster {
  return {
    pid,
    port,
    ended: endOfStranger(pid),
    signal: (signal) => {
      if (isAlive(pid)) process.kill(pid, signal);
    },
  };
}

async function endOfStranger(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(100, undefined, { ref: false });
}

/** Stops PostgreSQL and waits for it: fast first, at once when it takes too long. */
export async function stopPostmaster(postmaster: Postmaster, patienceMs = 30_000): Promise<void> {
  const impatience = setTimeout(() => postmaster.signal('SIGQUIT'), patienceMs);
  postmaster.signal('SIGINT');
  await postmaster.ended;
  clearTimeout(impatience);
}

const logLimitBytes = 10_000_000;

function openLog(folder: string) {
  const file = logFile(folder);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > logLimitBytes)
    renameSync(file, `${file}.1`);
  const descriptor = openSync(file, 'a', 0o600);
  return { descriptor, startsAt: fstatSync(descriptor).size };
}

const logFile = (folder: string) => path.join(folder, 'postgres.log');

function lastComplaint(folder: string, since: number): string {
  const lines = readFileSync(logFile(folder)).subarray(since).toString().trim().split('\n');
  const line = lines.findLast((each) => each.includes('FATAL:')) ?? lines.at(-1) ?? '';
  return line.replace(/^.*FATAL:\s*/, '') || 'it said nothing';
}
