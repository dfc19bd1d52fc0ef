/** Each server says that it is there this often, in ms. */
export const BEAT_MS = 15_000;
/** Who was not heard for so long is gone. */
const GONE_MS = 3 * BEAT_MS;

/** The other servers that are on the bus. */
export class Peers {
  private readonly seen = new Map<string, number>();

  /** True: it wasn't known yet. */
  see(id: string, now: number): boolean {
    const isNew = !this.seen.has(id);
    this.seen.set(id, now);
    return isNew;
  }

  part(id: string): void {
    this.seen.delete(id);
  }

  /** Forgets those who died without a word. */
  sweep(now: number): void {
    for (const [id, at] of this.seen) if (now - at > GONE_MS) this.seen.delete(id);
  }

  get count(): number {
    return this.seen.size;
  }
}
