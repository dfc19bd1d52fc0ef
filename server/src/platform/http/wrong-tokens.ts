import type { Refusal } from '@deskbell/contract';
import { Allowance, subscriberOf } from './allowance.ts';
import { tooMany } from './problem.ts';

/** So many wrong ones of an address are looked up, and as many again over `perMs`: far more than an office whose sessions all end. */
const WRONG_TERMS = { burst: 300, perMs: 60_000 };
/** Beyond that they are looked for together, in one statement every so many ms. */
const TOGETHER_MS = 50;
const TOGETHER = 1_000;
/** Beyond this many right ones remembered here all are forgotten, and shown anew. */
const REMEMBERED = 50_000;

interface Options<Found> {
  isWrong(found: Found): boolean;
  /** Which of them are right, asked for many at once. */
  findRight(names: readonly string[]): Promise<readonly string[]>;
}

/**
 * What is shown to come in (a session's token, an inbox's key) is looked up in the database, and anybody can make up as many
 * as they like. An address that has shown too many wrong ones is told to wait; right ones pass meanwhile, also from there,
 * for an office has one address: those that were right here at once, others after they were looked for together.
 */
export class WrongTokens<Found extends object | undefined> {
  private readonly options: Options<Found>;
  private readonly wrong = new Allowance(WRONG_TERMS);
  private readonly right = new Set<string>();
  private readonly asked = new Map<string, PromiseWithResolvers<boolean>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(options: Options<Found>) {
    this.options = options;
  }

  /** What is found under this name, for who shows it from there. */
  async lookUp<One extends Found>(
    { name, address }: { name: string; address: string },
    look: () => Promise<One>,
  ): Promise<One | (Refusal & { retryAfterMs: number })> {
    const from = subscriberOf(address);
    const isKnown = this.right.has(name);
    // Before it is looked at, so that those sent at once count too.
    const waitMs = isKnown ? 0 : this.wrong.spend(from, performance.now());
    if (waitMs > 0 && !(await this.isRight(name))) return tooMany(waitMs);
    const found = await look();
    if (this.options.isWrong(found)) {
      if (this.right.delete(name)) this.wrong.spend(from, performance.now());
      return found;
    }
    if (this.right.size >= REMEMBERED) this.right.clear();
    this.right.add(name);
    if (!isKnown && waitMs === 0) this.wrong.refund(from, performance.now());
    return found;
  }

  private isRight(name: string): Promise<boolean> {
    const asked = this.asked.get(name) ?? Promise.withResolvers<boolean>();
    if (!this.asked.has(name)) {
      if (this.asked.size >= TOGETHER) return Promise.resolve(false);
      this.asked.set(name, asked);
      this.timer ??= setTimeout(() => void this.askTogether(), TOGETHER_MS);
    }
    return asked.promise;
  }

  private async askTogether(): Promise<void> {
    const asked = new Map(this.asked);
    this.asked.clear();
    try {
      const right = new Set(await this.options.findRight([...asked.keys()]));
      for (const [name, { resolve }] of asked) resolve(right.has(name));
    } catch (error) {
      for (const { reject } of asked.values()) reject(error);
    } finally {
      this.timer = undefined;
      if (this.asked.size > 0) this.timer = setTimeout(() => void this.askTogether(), TOGETHER_MS);
    }
  }
}
