import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { errors, type Refusal } from '@deskbell/contract';
import { SYSTEM } from '../platform/pipeline/command.ts';
import { ACTOR_LIMIT } from '../platform/pipeline/queue.ts';
import type { Submit } from '../platform/pipeline/submit.ts';
import { commandIdOf } from '../platform/readers/reader.ts';
import type { Pool, Queries } from '../platform/store/connect.ts';
import { keepJob, keepUndo } from './begin.ts';
import { type Step, stepBack, stepOf } from './rules.ts';
import {
  beforeFirst,
  finishJob,
  holdJob,
  type ItemRow,
  type JobPlace,
  type JobRow,
  nextItems,
  settleItems,
  takeJob,
} from './sql.ts';
import { fillUndoing } from './undo.sql.ts';

/** Conversations taken up together: one batch of the pipeline, beside which others pass. */
const CHUNK = 50;
const POLL_MS = 2_000;
/** Each chunk takes so long at least: three quarters of what one actor may send stay for whoever asked. */
const CHUNK_MS = (4 * CHUNK * 1_000) / ACTOR_LIMIT;

interface Options {
  pool: Pool;
  submit: Submit;
  /** A job was begun, is further, or has ended. */
  onMoved(job: JobPlace): void;
  onTrouble(error: unknown, what: string): void;
  pollMs?: number;
}

/**
 * Does the jobs of all workspaces, on each server a chunk of each in turn, so that a small one waits for no large
 * one. Every command goes with the rights of
 * who asked and under an id that follows from its job and place: a server that is killed halfway leaves
 * the rest to another, and what it had sent isn't done twice.
 */
export class BulkRunner {
  private readonly options: Options;
  private readonly serverId = randomUUID();
  private readonly timer: NodeJS.Timeout;
  private running: Promise<void> | null = null;
  private isAskedAgain = false;
  private isClosed = false;

  constructor(options: Options) {
    this.options = options;
    this.timer = setInterval(() => void this.run(), options.pollMs ?? POLL_MS);
    this.timer.unref();
  }

  /** Keeps a job and sets about it; answers its id. */
  async begin(
    job: Omit<JobRow, 'id'>,
    conversationIds: readonly string[],
  ): Promise<string | Refusal> {
    return this.setAbout(job, await keepJob(this.options.pool, job, conversationIds));
  }

  /** Takes back what a job did, and stops it where it goes on; answers the id of the job that does so. */
  async takeBack(job: JobRow): Promise<string | Refusal> {
    return this.setAbout(job, await keepUndo(this.options.pool, job));
  }

  /** Does what there is to do; resolves when nothing is left for this server. */
  run(): Promise<void> {
    if (this.running !== null) {
      this.isAskedAgain = true;
      return this.running;
    }
    this.running = this.runAll().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timer);
    await this.running;
  }

  private async runAll(): Promise<void> {
    const { onTrouble } = this.options;
    try {
      do {
        this.isAskedAgain = false;
        for (let job = await this.next(); job; job = await this.next()) await this.do(job);
      } while (this.isAskedAgain);
    } catch (error) {
      onTrouble(error, 'doing something to many conversations');
    }
  }

  private async next(): Promise<JobRow | undefined> {
    return this.isClosed ? undefined : takeJob(this.options.pool, this.serverId);
  }

  private async do(job: JobRow): Promise<void> {
    const { onMoved } = this.options;
    const items = await this.holding(job, (sql) => nextItems(sql, job, CHUNK));
    if (items.length === 0) {
      await this.holding(job, async (sql) => {
        if (await finishJob(sql, job)) await fillUndoing(sql, job);
      });
      return onMoved(job);
    }
    const plan = await this.planOf(job, items);
    const isLast = items.length < CHUNK;
    const [settled] = await Promise.all([
      this.settle(job, items, plan),
      isLast ? undefined : pause(CHUNK_MS),
    ]);
    await this.holding(job, (sql) => settleItems(sql, job, settled));
    onMoved(job);
  }

  private setAbout(
    { workspaceId, agentId }: Omit<JobPlace, 'id'>,
    id: string | Refusal,
  ): string | Refusal {
    if (typeof id !== 'string') return id;
    this.options.onMoved({ workspaceId, agentId, id });
    void this.run();
    return id;
  }

  private holding<Result>(job: JobRow, act: (sql: Queries) => Promise<Result>): Promise<Result> {
    return this.options.pool.begin(async (transaction) => {
      const sql = transaction as unknown as Queries;
      await holdJob(sql, job);
      return act(sql);
    }) as Promise<Result>;
  }

  private settle(job: JobRow, items: readonly ItemRow[], plan: (item: ItemRow) => Step | null) {
    const one = async (item: ItemRow) => ({
      place: item.place,
      outcome: await this.take(job, item, plan(item)),
    });
    return Promise.all(items.map(one));
  }

  private async planOf(
    job: JobRow,
    items: readonly ItemRow[],
  ): Promise<(item: ItemRow) => Step | null> {
    const { action, agentId } = job;
    if (job.undoOf === null) return ({ conversationId }) => stepOf(action, conversationId);
    const ids = items.map((item) => item.conversationId);
    const befores = await beforeFirst(this.options.pool, job, ids);
    return ({ conversationId }) => {
      const before = befores.get(conversationId);
      return before ? stepBack(action, conversationId, { before, agentId }) : null;
    };
  }

  /** '' when it is done; else the code of what refused it. */
  private async take(job: JobRow, item: ItemRow, step: Step | null): Promise<string> {
    if (step === null) return '';
    const { kind, input } = step;
    const { workspaceId, agentId } = job;
    const result = await this.options.submit({
      workspaceId,
      actor: kind === 'conversation.put-back' ? SYSTEM : { kind: 'agent', id: agentId },
      kind,
      input,
      clientId: commandIdOf(`bulk ${job.id}`, workspaceId, item.place),
    });
    if (!('code' in result)) return '';
    // A server out of breath is no answer to the person: the chunk is taken up again.
    if (errors[result.code].retry) throw new Error(`${result.code}: ${result.detail}`);
    return result.code;
  }
}
