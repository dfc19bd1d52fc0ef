export interface BackoffOptions {
  /** The first wait lies between 0 and this, in ms; each further one doubles the span. */
  firstMs: number;
  /** No wait is longer, in ms. */
  limitMs?: number;
  /** 0 ≤ random < 1. */
  random?: () => number;
}

/**
 * Waits that double, with full jitter: anything between nothing and the span, so that many clients
 * which lost the server at one moment come back spread out (AWS, "Exponential Backoff And Jitter", 2015).
 */
export class Backoff {
  private readonly options: Required<BackoffOptions>;
  private attempts = 0;

  constructor(options: BackoffOptions) {
    this.options = { limitMs: 30_000, random: Math.random, ...options };
  }

  /** How long to wait before the next attempt, in ms. */
  next(): number {
    const { firstMs, limitMs, random } = this.options;
    return random() * Math.min(limitMs, firstMs * 2 ** this.attempts++);
  }

  /** It went well: the next wait is a first one again. */
  reset(): void {
    this.attempts = 0;
  }
}
