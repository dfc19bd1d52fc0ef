import type { Command, Result } from './command.ts';

/** A command on its way, with the one who waits for its answer. */
export interface Waiting {
  command: Command;
  bytes: number;
  answer(result: Result): void;
}

export const BATCH_COMMANDS = 256;
export const BATCH_BYTES = 1_000_000;
/** Beyond this many waiting commands a workspace answers `busy`. */
export const QUEUE_LIMIT = 20_000;
/** What one actor may have waiting, and send per second after a burst of as many: far above any person, below what harms others. */
export const ACTOR_LIMIT = 400;

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * The commands of one workspace that wait for their batch. Actors are served in turn, so that a flood
 * of one delays nobody else by more than a batch; each has a token bucket.
 */
export class FairQueue {
  private readonly byActor = new Map<string, Waiting[]>();
  private readonly buckets = new Map<string, Bucket>();
  private size = 0;

  get length(): number {
    return this.size;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  /** Why a command can't wait here, or null once it does. */
  add(waiting: Waiting, now: number): 'busy' | 'too-many' | null {
    const { actor } = waiting.command;
    if (this.size >= QUEUE_LIMIT) return 'busy';
    if (actor.kind !== 'system' && !this.takeToken(actor.id, now)) return 'too-many';
    const own = this.byActor.get(actor.id);
    if (own) own.push(waiting);
    else this.byActor.set(actor.id, [waiting]);
    this.size += 1;
    return null;
  }

  /** The next batch: one command of each actor in turn, then the second of each … */
  take(): Waiting[] {
    const batch: Waiting[] = [];
    let bytes = 0;
    while (batch.length < BATCH_COMMANDS && bytes < BATCH_BYTES && this.size > 0) {
      for (const [actor, own] of this.byActor) {
        const next = own.shift();
        if (!next) continue;
        this.size -= 1;
        bytes += next.bytes;
        batch.push(next);
        // Back of the line, or out of it.
        this.byActor.delete(actor);
        if (own.length > 0) this.byActor.set(actor, own);
        if (batch.length >= BATCH_COMMANDS || bytes >= BATCH_BYTES) break;
      }
    }
    return batch;
  }

  /** Puts commands that a batch did not get to back to the front, in their order. */
  putBack(rest: readonly Waiting[]): void {
    const later = new Map(this.byActor);
    this.byActor.clear();
    for (const waiting of rest) {
      const own = this.byActor.get(waiting.command.actor.id);
      if (own) own.push(waiting);
      else this.byActor.set(waiting.command.actor.id, [waiting]);
    }
    for (const [actor, own] of later)
      this.byActor.set(actor, [...(this.byActor.get(actor) ?? []), ...own]);
    this.size += rest.length;
  }

  private takeToken(actor: string, now: number): boolean {
    const bucket = this.buckets.get(actor) ?? { tokens: ACTOR_LIMIT, at: now };
    const tokens = Math.min(ACTOR_LIMIT, bucket.tokens + ((now - bucket.at) * ACTOR_LIMIT) / 1000);
    if (tokens < 1) return false;
    if (this.buckets.size > 10_000) this.buckets.clear();
    this.buckets.set(actor, { tokens: tokens - 1, at: now });
    return true;
  }
}
