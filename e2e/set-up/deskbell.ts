import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

interface Settings {
  environment?: Record<string, string>;
  /** Who types `npm start`; by default whoever runs the tests. */
  user?: { uid: number; gid: number; home: string };
}

/** What a person sees of `npm start` in a terminal, and may do to it. */
export interface RunningDeskbell {
  /** Resolves with the first line, past or future, that matches; rejects when the program ends without. */
  line(pattern: RegExp): Promise<string>;
  /** The address it says it is at. */
  url(): Promise<string>;
  ended: Promise<{ code: number | null; stderr: string; stdout: string }>;
  /** Ctrl-C: to everything in the terminal's foreground, as a terminal does. */
  interrupt(): void;
  /** What a supervisor does, to npm alone. */
  terminate(): void;
  /** Freezes it and lets it go on, as a laptop's lid does. */
  pause(): void;
  resume(): void;
  /** What the kernel does to it when memory runs out. */
  kill(): void;
}

/** Types `npm start` there, with any free port. */
export function npmStart(
  checkout: string,
  { environment = {}, user }: Settings = {},
): RunningDeskbell {
  const child = spawn('npm', ['start'], {
    cwd: checkout,
    env: { ...plainEnvironment(), PORT: '0', ...(user && { HOME: user.home }), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  return observe(child);
}

/** Without what the test runner's own npm put there: a person's shell knows neither it nor the pinned Node. */
export function plainEnvironment(): Record<string, string> {
  const isOurs = ([name]: [string, string | undefined]) =>
    !/^(npm_(?!config_registry)|VITEST|NODE_|INIT_CWD)/i.test(name);
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return {
    ...(Object.fromEntries(Object.entries(process.env).filter(isOurs)) as Record<string, string>),
    PATH: folders.filter((folder) => !folder.includes('node_modules')).join(path.delimiter),
  };
}

function observe(child: ChildProcess): RunningDeskbell {
  const output = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk) => {
      output[name] += chunk;
      for (const look of watchers) look();
    });
  }
  const ended = new Promise<{ code: number | null; stderr: string; stdout: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, ...output })),
  );
  const signal = (name: NodeJS.Signals) => process.kill(-(child.pid as number), name);
  const line = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = `${output.stdout}\n${output.stderr}`
          .split('\n')
          .find((each) => pattern.test(each));
        if (found === undefined) return;
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
      void ended.then(({ code }) =>
        reject(
          new Error(`ended with ${code} before ${pattern}:\n${output.stdout}\n${output.stderr}`),
        ),
      );
      look();
    });
  return {
    line,
    url: async () => (await line(/^Deskbell is at /)).replace('Deskbell is at ', ''),
    ended,
    interrupt: () => signal('SIGINT'),
    terminate: () => void child.kill('SIGTERM'),
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    kill: () => signal('SIGKILL'),
  };
}

/** Ends whatever a failed test left running below that folder. */
export function endAllIn(folder: string): void {
  for (const pid of processesIn(folder)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone between looking and ending.
    }
  }
}

/** The processes that work in that folder or name it in their command line. */
export function processesIn(folder: string): number[] {
  const pids = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid);
  return pids.filter((pid) => belongsTo(folder, pid));
}

/** The PostgreSQL that a data folder's own file names. */
export function postmasterOf(dataFolder: string): number {
  return Number(
    readFileSync(path.join(dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0],
  );
}

function belongsTo(folder: string, pid: number): boolean {
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0];
    if (state === 'Z') return false;
    const cwd = readlinkSync(`/proc/${pid}/cwd`);
    return (
      `${cwd}/`.startsWith(`${folder}/`) ||
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${folder}/`)
    );
  } catch {
    return false;
  }
}

/** Resolves when that process has ended. */
export async function endOf(pid: number): Promise<void> {
  const { setTimeout: delay } = await import('node:timers/promises');
  for (;;) {
    try {
      process.kill(pid, 0);
      if (/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return;
    } catch {
      return;
    }
    await delay(20);
  }
}
