import { connect, PIPELINE_TIMEOUT_MS, type Pool, type Queries, run } from './connect.ts';
import { backendOf, lost, transact } from './transactions.ts';

/** One connection that a batch has to itself. `direct`: another one, for a batch that is a single statement. */
export type Writer = Queries & { direct: Queries };

/**
 * The pipeline's connections: each a client of one connection, lent to one workspace at a time, and
 * opened when it is first used. A batch of a single statement needs no more. In one of several, three
 * things keep a batch whole when its connection dies under it and the driver quietly opens another:
 * outside `begin read write` these connections can't write; a batch waits for all its statements
 * before it is tried again; and a commit counts only on the backend that began.
 */
export class Writers {
  private readonly free: Writer[];
  private readonly pools: Pool[] = [];
  private readonly waiting: ((writer: Writer) => void)[] = [];

  constructor(url: string, count: number) {
    this.free = Array.from({ length: count }, () =>
      Object.assign(this.open(url, { isReadOnlyOutside: true }), {
        direct: this.open(url, { isReadOnlyOutside: false }),
      }),
    );
  }

  private open(url: string, { isReadOnlyOutside }: { isReadOnlyOutside: boolean }): Pool {
    const pool = connect(url, {
      max: 1,
      name: 'deskbell pipeline',
      timeoutMs: PIPELINE_TIMEOUT_MS,
      isReadOnlyOutside,
      hasSteadyPlans: true,
    });
    this.pools.push(pool);
    return pool;
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
    if (next) next(writer);
    else this.free.push(writer);
  }

  async close(): Promise<void> {
    await Promise.all(this.pools.map((pool) => pool.end({ timeout: 5 })));
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
