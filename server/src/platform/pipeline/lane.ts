import { refuse } from '@deskbell/contract';
import { run } from '../store/connect.ts';
import type { Writer } from '../store/writers.ts';
import { type BatchOutcome, runBatch } from './batch.ts';
import { classify } from './failure.ts';
import { isMistrusted, isWrittenElsewhere, launch } from './flight.ts';
import { type Sight, WorkspaceMemory } from './memory.ts';
import type { PipelineOptions } from './pipeline.ts';
import { FairQueue, type Waiting } from './queue.ts';

/** How long an unreachable database is waited for before callers hear `unavailable`, in ms. */
const PATIENCE_MS = 15_000;
const RETRY_MS = [20, 50, 100, 250, 500];
/** Batches on their way at once: one that the database works on, one that waits for it there. */
const DEPTH = 2;

/** A batch on its way, with those who wait for it. */
interface InAir {
  name: string;
  batch: Waiting[];
  isSeenInLog: boolean;
  /** Whether it landed. */
  hasLanded: Promise<boolean>;
}

/**
 * One workspace's way through the pipeline: its queue, its rows, its batches. What arrives while they
 * are on their way becomes the next one. Batches are decided in order, and sent in order on one connection.
 */
export class Lane {
  private readonly queue = new FairQueue();
  private readonly memory: WorkspaceMemory;
  private readonly options: PipelineOptions;
  private writer: Writer | null = null;
  private running: Promise<void> | null = null;
  private readonly air: InAir[] = [];
  private onArrival: () => void = () => undefined;
  /** A batch that failed may have been committed without our hearing of it. */
  private isRecovering = false;

  constructor(workspaceId: string, options: PipelineOptions) {
    this.options = options;
    this.memory = new WorkspaceMemory(workspaceId, options);
  }

  add(waiting: Waiting): void {
    const refused = this.queue.add(waiting, performance.now());
    if (refused) return waiting.answer(refuse(refused));
    this.onArrival();
    this.running ??= this.run();
  }

  async idle(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      do {
        // What arrives in the same turn of the event loop (one read of many sockets) shares the batch.
        await new Promise(setImmediate);
        if (this.mayLaunch()) await this.next();
        else await this.landingOrArrival();
        if (this.options.writers.isWanted) await this.giveWay();
      } while (!this.queue.isEmpty || this.air.length > 0);
    } finally {
      this.release();
      this.running = null;
    }
  }

  /**
   * Beside a batch on its way another one may be sent; not before it has half its size, since what
   * a commit costs, it costs for one as for many.
   */
  private mayLaunch(): boolean {
    const last = this.air.at(-1);
    if (!last) return !this.queue.isEmpty;
    return (
      this.air.length < DEPTH &&
      last.isSeenInLog &&
      !this.queue.isEmpty &&
      this.queue.length >= last.batch.length / 2
    );
  }

  private async next(): Promise<void> {
    if (this.memory.rows.isFull) {
      await this.landAll();
      this.memory.rows.forgetRows();
    }
    const sight = this.memory.trusted;
    if (!sight) await this.landAll();
    const batch = this.queue.take();
    if (batch.length === 0) return;
    if (sight) await this.launch(batch, sight);
    else await this.runNext(batch);
  }

  private async launch(batch: Waiting[], sight: Sight): Promise<void> {
    try {
      this.writer ??= await this.options.writers.lend();
      const commands = batch.map((waiting) => waiting.command);
      const standsOn = this.air.at(-1)?.name ?? null;
      const flight = await launch(this.writer, this.memory, {
        commands,
        parts: this.options,
        sight,
        standsOn,
      });
      this.queue.putBack(batch.slice(flight.count));
      const taken = batch.slice(0, flight.count);
      this.air.push({
        name: flight.name,
        batch: taken,
        isSeenInLog: flight.isSeenInLog,
        hasLanded: flight.landed.then(
          (outcome) => {
            this.memory.trust.kept();
            this.tell(taken, outcome);
            return true;
          },
          (error: unknown) => {
            if (isWrittenElsewhere(error)) this.memory.trust.broken();
            if (!isMistrusted(error)) {
              this.isRecovering = true;
              this.options.onTrouble(error, `batch of ${taken.length}, sent on trust`);
            }
            return false;
          },
        ),
      });
    } catch (error) {
      // Loading failed; nothing of this batch was sent.
      this.options.onTrouble(error, `loading for a batch of ${batch.length}`);
      this.queue.putBack(batch);
      await this.landAll();
      this.forget();
    }
  }

  private async landingOrArrival(): Promise<void> {
    const [first] = this.air;
    if (!first) return;
    const arrival = new Promise<'arrival'>((resolve) => {
      this.onArrival = () => resolve('arrival');
    });
    const isFull = this.air.length >= DEPTH;
    if (isFull || (await Promise.race([first.hasLanded, arrival])) !== 'arrival') await this.land();
  }

  /** Waits for the first batch on its way. When it failed, so did what stood on it: all of it is done again. */
  private async land(): Promise<void> {
    const first = this.air.shift();
    if (!first || (await first.hasLanded)) return;
    const failed = [first];
    for (const later of this.air.splice(0)) if (!(await later.hasLanded)) failed.push(later);
    this.forget();
    this.queue.putBack(failed.flatMap((each) => each.batch));
  }

  private async landAll(): Promise<void> {
    while (this.air.length > 0) await this.land();
  }

  private async giveWay(): Promise<void> {
    await this.landAll();
    this.release();
  }

  private async runNext(batch: Waiting[]): Promise<void> {
    const started = performance.now();
    for (let attempt = 0; ; attempt += 1) {
      try {
        const done = await this.commit(batch);
        this.queue.putBack(batch.slice(done));
        if (this.isRecovering) this.options.onRecovered(this.memory.workspaceId);
        this.isRecovering = false;
        return;
      } catch (error) {
        this.isRecovering = true;
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

  /** Runs the batch under the lock; answers those it got to. Returns how many. */
  private async commit(batch: Waiting[]): Promise<number> {
    this.writer ??= await this.options.writers.lend();
    const commands = batch.map((waiting) => waiting.command);
    const outcome = await runBatch(this.writer, this.memory, { commands, parts: this.options });
    this.tell(batch, outcome);
    return outcome.results.length;
  }

  /** After the commit: what happened to those on the same server, and to each what became of their command. */
  private tell(batch: readonly Waiting[], { events, rows, results }: BatchOutcome): void {
    const { workspaceId } = this.memory;
    if (events.length > 0) this.options.onCommitted({ workspaceId, events, rows });
    results.forEach((result, index) => {
      batch[index]?.answer(result);
    });
  }

  /** After a failure nothing held can be trusted, and the transaction may still be open. */
  private forget(): void {
    this.memory.forget();
    const { writer } = this;
    this.writer = null;
    if (!writer) return;
    const takeBack = () => this.options.writers.takeBack(writer);
    // A dead connection can't roll back, and its server has done so already. The other one has nothing
    // to undo; asked, it opens anew if it is dead: the driver waits long to close one that is.
    void Promise.allSettled([run(writer, 'rollback'), run(writer.direct, 'rollback')]).then(
      takeBack,
    );
  }

  private release(): void {
    if (this.writer) this.options.writers.takeBack(this.writer);
    this.writer = null;
  }
}
