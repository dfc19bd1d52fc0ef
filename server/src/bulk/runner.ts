import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { errors } from '@deskbell/contract';
import { newId } from '../platform/ids.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import { ACTOR_LIMIT } from '../platform/pipeline/queue.ts';
import type { Submit } from '../platform/pipeline/submit.ts';
import { commandIdOf } from '../platform/readers/reader.ts';
import type { Pool } from '../platform/store/connect.ts';
import { type Step, stepBack, stepOf } from './rules.ts';
import {
  beforeFirst,
  finishJob,
  type ItemRow,
  insertJob,
  type JobPlace,
  type JobRow,
  nextItems,
  settleItems,
  takeJob,
} from './sql.ts';

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
  async begin(job: Omit<JobRow, 'id'>, conversationIds: readonly string[]): Promise<string> {
    const id = newId(Date.now());
    const items = conversationIds.map((conversationId) => ({ conversationId }));
    await insertJob(this.options.pool, { ...job, id }, items);
    this.options.onMoved({ ...job, id });
    void this.run();
    return id;
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
    const { pool, onMoved } = this.options;
    const items = await nextItems(pool, job, CHUNK);
    if (items.length === 0) {
      await finishJob(pool, job);
      return onMoved(job);
    }
    const plan = await this.planOf(job, items);
    const isLast = items.length < CHUNK;
    const [settled] = await Promise.all([
      this.settle(job, items, plan),
      isLast ? undefined : pause(CHUNK_MS),
    ]);
    await settleItems(pool, job, settled);
    onMoved(job);
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
