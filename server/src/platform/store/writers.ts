import { connect, PIPELINE_TIMEOUT_MS, type Pool, type Queries, run } from './connect.ts';
import { backendOf, lost, transact } from './transactions.ts';

/** One connection that a batch has to itself. */
export type Writer = Queries;

/**
 * The pipeline's connections: each a client of one connection, lent to one batch at a time. Three
 * things keep a batch whole when its connection dies under it and the driver quietly opens another:
 * outside `begin read write` these connections can't write; a batch waits for all its statements
 * before it is tried again; and a commit counts only on the backend that began.
 */
export class Writers {
  private readonly free: Pool[];
  private readonly all: Pool[];
  private readonly waiting: ((writer: Pool) => void)[] = [];

  constructor(url: string, count: number) {
    this.all = Array.from({ length: count }, () =>
      connect(url, {
        max: 1,
        name: 'deskbell pipeline',
        timeoutMs: PIPELINE_TIMEOUT_MS,
        isReadOnlyOutside: true,
        hasSteadyPlans: true,
      }),
    );
    this.free = [...this.all];
  }

  /** Whether somebody waits for one: whoever holds one gives it back after the batch at hand. */
  get isWanted(): boolean {
    return this.waiting.length > 0;
  }

  async lend(): Promise<Writer> {
    return this.free.pop() ?? new Promise((resolve) => this.waiting.push(resolve));
  }

  takeBack(writer: Writer): void {
    const next = this.waiting.shift();
    if (next) next(writer as Pool);
    else this.free.push(writer as Pool);
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((pool) => pool.end({ timeout: 5 })));
  }
}

/** A whole transaction on a connection of its own, in which `act` may also wait for other things. */
export async function inTransaction<Result>(
  writers: Writers,
  act: (sql: Writer) => Promise<Result>,
): Promise<Result> {
  const writer = await writers.lend();
  try {
    return await transact(writer, 'read write', act);
  } finally {
    writers.takeBack(writer);
  }
}

/** Begins a transaction that may write. Resolves with the backend that runs it. */
export async function begin(writer: Writer): Promise<number> {
  return backendOf(await run(writer, 'begin read write'));
}

/** Commits what `backend` began; rejects with a repeatable code where another connection answered. */
export async function commit(writer: Writer, backend: Promise<number>): Promise<void> {
  const answered = backendOf(await run(writer, 'commit'));
  if (answered !== (await backend)) throw lost();
}
