import { type ChildProcess, fork, type Serializable, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How long a process may take to end by itself before it is killed, in ms. */
const PATIENCE_MS = 20_000;

const undoing: (() => Promise<void> | void)[] = [];

/** What must be undone when the bench is over, or is told to end; last come, first undone. */
export function undoAtEnd(act: () => Promise<void> | void): void {
  undoing.push(act);
}

let undone: Promise<void> | undefined;

/** Ends exactly what this bench has started; however many ask, it is done once. */
export function undoAll(): Promise<void> {
  undone ??= (async () => {
    for (let act = undoing.pop(); act; act = undoing.pop()) await act();
  })();
  return undone;
}

/** Ctrl-C and `kill` leave nothing behind. A second signal changes nothing: the first is being followed. */
export function endOnSignals(): void {
  let isEnding = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (isEnding) return;
      isEnding = true;
      void undoAll().finally(() => process.exit(130));
    });
}

export interface Started {
  pid: number;
  child: ChildProcess;
  /** SIGTERM, and after a while SIGKILL; resolves when it has ended. */
  stop(): Promise<void>;
}

interface Options {
  nodeArguments?: readonly string[];
  environment?: Record<string, string>;
  /** Its stderr is read by us instead of shown. */
  isQuiet?: boolean;
}

/** Another process of ours that speaks to us by messages (`process.send`). */
export function startModule(module: URL, options: Options = {}): Started {
  return kept(
    fork(fileURLToPath(module), [], {
      execArgv: [...(options.nodeArguments ?? [])],
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'inherit', options.isQuiet ? 'pipe' : 'inherit', 'ipc'],
    }),
  );
}

/** A program whose output we read. */
export function startProgram(module: URL, options: Options = {}): Started {
  return kept(
    spawn(process.execPath, [...(options.nodeArguments ?? []), fileURLToPath(module)], {
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

function kept(child: ChildProcess): Started {
  const { pid } = child;
  if (pid === undefined) throw new Error('the process could not be started');
  const started = { pid, child, stop: () => end(child) };
  undoAtEnd(started.stop);
  return started;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const killing = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(killing);
}

/** The next message of a process; rejects when it ends instead. */
export function nextMessage<Message>({ child }: Started): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => {
      child.off('message', onMessage);
      reject(new Error(`a process of the bench ended with ${code}`));
    };
    const onMessage = (message: Serializable) => {
      child.off('exit', onExit);
      resolve(message as Message);
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
  });
}
