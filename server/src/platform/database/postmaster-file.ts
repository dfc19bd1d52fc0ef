import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';

/** What PostgreSQL writes about itself into its data folder (src/include/utils/pidfile.h). */
export interface PostmasterFile {
  pid: number;
  port: number;
  isReady: boolean;
}

/** The running PostgreSQL of this folder, or undefined; a file that a power cut left behind is removed. */
export function findPostmaster(folder: string): PostmasterFile | undefined {
  const found = readPostmasterFile(folder);
  if (!found) return undefined;
  if (isPostmasterOf(found.pid, folder)) return found;
  // PostgreSQL itself would believe a process number that has since gone to a stranger, and never start again.
  if (isAlive(found.pid)) rmSync(path.join(folder, 'postmaster.pid'), { force: true });
  return undefined;
}

export function readPostmasterFile(folder: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0
      ? { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process lives. One that ended but was never waited for (a container whose first process doesn't reap) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return processState(pid) !== 'Z';
}

function processState(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  } catch {
    return undefined;
  }
}

function isPostmasterOf(pid: number, folder: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'comm=', '-p', String(pid)])
      .stdout.toString()
      .includes('postgres');
  }
  return programName(pid) === 'postgres' && workingFolder(pid) !== 'elsewhere';

  function workingFolder(of: number): 'here' | 'elsewhere' | 'hidden' {
    try {
      return readlinkSync(`/proc/${of}/cwd`) === realpathSync(folder) ? 'here' : 'elsewhere';
    } catch {
      return 'hidden';
    }
  }
}

function programName(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Whether it runs the programs we have now; false after an upgrade replaced them under a running one. */
export function runsProgram(pid: number, program: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/${pid}/exe`) === realpathSync(program);
  } catch {
    return true;
  }
}
