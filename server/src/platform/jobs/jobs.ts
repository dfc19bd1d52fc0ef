import type { Pool } from '../store/connect.ts';
import {
  continueJob,
  deleteJob,
  failJob,
  forgetFailed,
  type JobRow,
  retryJob,
  takeJobs,
} from './sql.ts';

/** Something done outside of every transaction: a push, a letter, a call of a webhook. */
export interface JobKind {
  kind: string;
  /** How often it is tried: six times take about three minutes, twelve two and a half hours. */
  attempts: number;
  /** Does it. Throws where it is to be tried again; answers `again` where it goes on later with another input. */
  run(job: JobRow): Promise<{ again: object; afterMs: number } | undefined>;
}

/** Every server looks this often for what is due. */
const POLL_MS = 1_000;
const AT_ONCE = 8;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 3_600_000;
const FORGET_EVERY_MS = 3_600_000;

interface Options {
  pool: Pool;
  kinds: readonly JobKind[];
  onTrouble(error: unknown, what: string): void;
  pollMs?: number | undefined;
}

/** Does the jobs that stand in the database, with all other servers: each is taken by one. */
export class Jobs {
  private readonly options: Options;
  private readonly kinds: ReadonlyMap<string, JobKind>;
  private readonly timers: NodeJS.Timeout[];
  private working: Promise<void> | null = null;
  private isClosed = false;
  private isAsked = false;
  private readonly running = new Set<Promise<void>>();
  private wake: () => void = () => undefined;

  constructor(options: Options) {
    this.options = options;
    this.kinds = new Map(options.kinds.map((each) => [each.kind, each]));
    this.timers = [
      setInterval(() => void this.work(), options.pollMs ?? POLL_MS),
      setInterval(() => void this.forget(), FORGET_EVERY_MS),
    ];
    for (const timer of this.timers) timer.unref();
  }

  /** Does all that is due. Resolves when this server has nothing more to take. */
  work(): Promise<void> {
    this.isAsked = true;
    this.wake();
    this.working ??= this.workOff().finally(() => {
      this.working = null;
    });
    return this.working;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const timer of this.timers) clearInterval(timer);
    await this.working;
  }

  private async workOff(): Promise<void> {
    const { pool, onTrouble } = this.options;
    try {
      while ((await this.mayTake()) && !this.isClosed) {
        this.isAsked = false;
        const room = AT_ONCE - this.running.size;
        for (const job of await takeJobs(pool, [...this.kinds.keys()], room)) this.begin(job);
      }
    } catch (error) {
      // What was taken comes back when its lease ends.
      onTrouble(error, 'looking for jobs that are due');
    }
    await Promise.all(this.running);
  }

  /** Waits until somebody has asked and there is room; false once nothing is left to wait for. */
  private async mayTake(): Promise<boolean> {
    while (!this.isAsked || this.running.size === AT_ONCE) {
      if (this.running.size === 0) return false;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return true;
  }

  /** Beside the others: one that takes long holds nobody up as long as there is room. */
  private begin(job: JobRow): void {
    const done = this.do(job)
      .catch((error: unknown) => this.options.onTrouble(error, `settling a job ${job.kind}`))
      .finally(() => {
        this.running.delete(done);
        this.isAsked = true;
        this.wake();
      });
    this.running.add(done);
  }

  private async do(job: JobRow): Promise<void> {
    const { pool, onTrouble } = this.options;
    const kind = this.kinds.get(job.kind);
    if (!kind) return;
    try {
      const next = await kind.run(job);
      await (next
        ? continueJob(pool, job, { input: next.again, afterMs: next.afterMs })
        : deleteJob(pool, job));
    } catch (error) {
      onTrouble(error, `job ${job.kind}, attempt ${job.attempts}`);
      // A stranger may have said it: PostgreSQL takes no U+0000.
      const said = String(error).replaceAll('\0', '').slice(0, 1_000);
      await (job.attempts >= kind.attempts
        ? failJob(pool, job, said)
        : retryJob(pool, job, { afterMs: waitBefore(job.attempts + 1), error: said }));
    }
  }

  private async forget(): Promise<void> {
    try {
      await forgetFailed(this.options.pool);
    } catch (error) {
      this.options.onTrouble(error, 'forgetting jobs that failed');
    }
  }
}

/** Doubles with each attempt; spread, so that what failed together isn't tried together. */
function waitBefore(attempt: number, random = Math.random()): number {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 2), LONGEST_WAIT_MS);
  return Math.round(longest * (0.75 + random / 2));
}
