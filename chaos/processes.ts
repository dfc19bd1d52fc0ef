import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** How long a process may take to end by itself before it is killed, in ms. */
const PATIENCE_MS = 20_000;

const undoing: (() => Promise<void> | void)[] = [];

/** What must be undone when the run is over, or is told to end; last come, first undone. */
export function undoAtEnd(act: () => Promise<void> | void): void {
  undoing.push(act);
}

let undone: Promise<void> | undefined;

/** Ends exactly what this run has started; however many ask, it is done once. */
export function undoAll(): Promise<void> {
  undone ??= (async () => {
    for (let act = undoing.pop(); act; act = undoing.pop())
      await Promise.resolve(act()).catch((error: unknown) => console.error(error));
    undone = undefined;
  })();
  return undone;
}

/** Ctrl-C, `kill` and the end of whoever started us leave nothing behind. */
export function endOnSignals(): void {
  const end = () => void undoAll().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  process.once('disconnect', end);
}

/** A process of ours. */
export interface Started {
  pid: number;
  child: ChildProcess;
  ended: Promise<number | null>;
}

/** Runs a module in a Node of its own; what it prints goes to `logFile`. With `speaks`, messages pass both ways. */
export function start(given: {
  module: URL;
  logFile: string;
  environment?: Record<string, string>;
  speaks?: boolean;
}): Started {
  const log = openSync(given.logFile, 'a');
  const child = spawn(process.execPath, [fileURLToPath(given.module)], {
    env: { ...process.env, ...given.environment },
    stdio: ['ignore', log, log, ...(given.speaks ? (['ipc'] as const) : [])],
    serialization: 'advanced',
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${given.module} could not be started`);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { pid, child, ended };
}

/** SIGTERM, and after a while SIGKILL; a stopped process is let go on, so that it hears. */
export async function end({ child, ended }: Started): Promise<void> {
  child.kill('SIGCONT');
  child.kill('SIGTERM');
  const killing = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(killing);
}

/** Sends a signal to a process that may have gone; tells whether it was there. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
