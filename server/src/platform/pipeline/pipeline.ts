import { refuse } from '@deskbell/contract';
import type { LogEvent } from '../log/log.ts';
import { run } from '../store/connect.ts';
import type { Writer, Writers } from '../store/writers.ts';
import { type BatchOutcome, type BatchParts, runBatch, type WorkspaceMemory } from './batch.ts';
import type { Command, Result } from './command.ts';
import { classify } from './failure.ts';
import { BATCH_COMMANDS, FairQueue, type Waiting } from './queue.ts';
import type { Lookup } from './table.ts';
import { WorkingSet } from './working-set.ts';

/** What a commit tells those on the same server: its events in order, and the rows they speak of. */
export interface Committed {
  workspaceId: string;
  events: LogEvent[];
  rows: BatchOutcome['rows'];
}

export interface PipelineOptions extends BatchParts {
  /** As many batches of different workspaces run at once. */
  writers: Writers;
  lookups: Lookup<never>[];
  onCommitted(committed: Committed): void;
  /** A batch went through after trouble: the log may hold more than was told. */
  onRecovered(workspaceId: string): void;
  onTrouble(error: unknown, what: string): void;
}

/** How long an unreachable database is waited for before callers hear `unavailable`, in ms. */
const PATIENCE_MS = 15_000;
/** A lane whose last batch was this large is under load. */
const BUSY = 32;
/** Gathering a batch may take this long, in ms, and never more than a quarter of the last batch. */
const GATHER_MS = 2;
const RETRY_MS = [20, 50, 100, 250, 500];

/**
 * The one path for every change. Commands of a workspace wait in its queue; while a batch is in
 * flight, what arrives becomes the next one.
 */
export class Pipeline {
  private readonly options: PipelineOptions;
  private readonly lanes = new Map<string, Lane>();
  private isClosed = false;

  constructor(options: PipelineOptions) {
    this.options = options;
  }

  /** Resolves once the command is committed or refused; never rejects for what the database did. `bytes`: its size on the wire. */
  submit(command: Command, bytes = 200): Promise<Result> {
    return new Promise((answer) => {
      if (this.isClosed) return answer(refuse('unavailable', 'The server is stopping'));
      this.laneOf(command.workspaceId).add({ command, bytes, answer });
    });
  }

  /** Lets what is under way finish. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.lanes.values()].map((lane) => lane.idle()));
  }

  private laneOf(workspaceId: string): Lane {
    let lane = this.lanes.get(workspaceId);
    if (!lane) {
      lane = new Lane(workspaceId, this.options);
      this.lanes.set(workspaceId, lane);
    }
    return lane;
  }
}

/** One workspace's way through the pipeline: its queue, its rows, and at most one batch in flight. */
class Lane {
  private readonly queue = new FairQueue();
  private readonly memory: WorkspaceMemory;
  private readonly options: PipelineOptions;
  private writer: Writer | null = null;
  private running: Promise<void> | null = null;
  private lastBatch = 0;
  private lastBatchMs = 0;

  constructor(workspaceId: string, options: PipelineOptions) {
    this.options = options;
    this.memory = { workspaceId, rows: new WorkingSet(options.lookups), head: -1 };
  }

  add(waiting: Waiting): void {
    const refused = this.queue.add(waiting, performance.now());
    if (refused) return waiting.answer(refuse(refused));
    this.running ??= this.run();
  }

  async idle(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      do {
        await this.gather();
        const batch = this.queue.take();
        const started = performance.now();
        await this.runNext(batch);
        this.lastBatch = batch.length;
        this.lastBatchMs = performance.now() - started;
        if (this.options.writers.isWanted) this.release();
      } while (!this.queue.isEmpty);
    } finally {
      this.release();
      this.running = null;
    }
  }

  /**
   * What arrives in the same turn of the event loop (one read of many sockets) shares the batch. Under
   * load a batch also waits a moment for those whom the last one answered, who are just about to send
   * their next: it costs the database about the same for a hundred commands as for two hundred.
   */
  private async gather(): Promise<void> {
    const until = performance.now() + Math.min(GATHER_MS, this.lastBatchMs / 4);
    const enough = Math.min(BATCH_COMMANDS, this.lastBatch * 2);
    do await new Promise(setImmediate);
    while (this.queue.length < enough && this.lastBatch >= BUSY && performance.now() < until);
  }

  private async runNext(batch: Waiting[]): Promise<void> {
    const started = performance.now();
    for (let attempt = 0; ; attempt += 1) {
      try {
        const done = await this.commit(batch);
        this.queue.putBack(batch.slice(done));
        // An earlier attempt may have been committed without our hearing of it.
        if (attempt > 0) this.options.onRecovered(this.memory.workspaceId);
        return;
      } catch (error) {
        this.forget();
        const failure = classify(error);
        if (failure === 'guilty') return this.findGuilty(batch, error);
        this.options.onTrouble(error, `batch of ${batch.length}, attempt ${attempt + 1}`);
        if (failure === 'full' || performance.now() - started > PATIENCE_MS) {
          for (const waiting of batch) waiting.answer(refuse('unavailable'));
          return;
        }
        await new Promise((resolve) =>
          setTimeout(resolve, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]),
        );
      }
    }
  }

  /** A statement failed: each command alone, so that only the one at fault is answered with an error. */
  private async findGuilty(batch: Waiting[], error: unknown): Promise<void> {
    const [only] = batch;
    if (batch.length === 1 && only) {
      this.options.onBug(error, only.command);
      return only.answer(refuse('failed'));
    }
    this.options.onTrouble(error, `batch of ${batch.length}, which is run one by one`);
    for (const waiting of batch) await this.runNext([waiting]);
  }

  /** Runs the batch; answers those it got to. Returns how many. */
  private async commit(batch: Waiting[]): Promise<number> {
    this.writer ??= await this.options.writers.lend();
    const commands = batch.map((waiting) => waiting.command);
    const outcome = await runBatch(this.writer, this.memory, { commands, parts: this.options });
    if (outcome.events.length > 0)
      this.options.onCommitted({
        workspaceId: this.memory.workspaceId,
        events: outcome.events,
        rows: outcome.rows,
      });
    outcome.results.forEach((result, index) => {
      batch[index]?.answer(result);
    });
    return outcome.results.length;
  }

  /** After a failure nothing held can be trusted, and the transaction may still be open. */
  private forget(): void {
    this.memory.rows.forgetEverything();
    this.memory.head = -1;
    const { writer } = this;
    this.writer = null;
    if (!writer) return;
    const takeBack = () => this.options.writers.takeBack(writer);
    // A dead connection can't roll back, and its server has done so already.
    run(writer, 'rollback').then(takeBack, takeBack);
  }

  private release(): void {
    if (this.writer) this.options.writers.takeBack(this.writer);
    this.writer = null;
  }
}
