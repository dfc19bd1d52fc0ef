/** So many at once, and as many again over `perMs`. */
export interface AllowanceTerms {
  burst: number;
  perMs: number;
}

/** Beyond this many keys the fullest buckets are forgotten: they say nothing anyway. */
const KEYS_KEPT = 50_000;

/**
 * Token buckets by key (an address, a person), in this server's memory: with several servers each
 * gives its own allowance. `now`: a clock in ms that never goes back.
 */
export class Allowance {
  private readonly terms: AllowanceTerms;
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(terms: AllowanceTerms) {
    this.terms = terms;
  }

  /** Takes one. Returns 0, or how many ms until there is one again. */
  spend(key: string, now: number): number {
    const tokens = this.left(key, now);
    if (tokens < 1) return this.waitMs(tokens);
    if (this.buckets.size >= KEYS_KEPT) this.forgetFull(now);
    this.buckets.set(key, { tokens: tokens - 1, at: now });
    return 0;
  }

  /** Gives back one that was taken and doesn't count after all. */
  refund(key: string, now: number): void {
    const tokens = Math.min(this.terms.burst, this.left(key, now) + 1);
    if (this.buckets.has(key)) this.buckets.set(key, { tokens, at: now });
  }

  private left(key: string, now: number): number {
    const { burst, perMs } = this.terms;
    const bucket = this.buckets.get(key);
    return bucket ? Math.min(burst, bucket.tokens + ((now - bucket.at) * burst) / perMs) : burst;
  }

  private waitMs(tokens: number): number {
    return Math.ceil(((1 - tokens) * this.terms.perMs) / this.terms.burst);
  }

  private forgetFull(now: number): void {
    for (const key of this.buckets.keys())
      if (this.left(key, now) >= this.terms.burst) this.buckets.delete(key);
    if (this.buckets.size >= KEYS_KEPT) this.buckets.clear();
  }
}

/** Who an internet address stands for: itself, or the /64 that one household has of IPv6. */
export function subscriberOf(ip: string): string {
  if (!ip.includes(':')) return ip;
  if (ip.toLowerCase().startsWith('::ffff:') && ip.includes('.')) return ip.slice(7);
  const [head = '', tail = ''] = ip.toLowerCase().split('%')[0]?.split('::') ?? [];
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const groups = ip.includes('::') ? [...before, ...zeros, ...after] : before;
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
