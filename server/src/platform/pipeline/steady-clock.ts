/** Beyond this, in ms, the machine slept or somebody set its clock. */
const APART_MS = 500;
/** A reading of the other clock is good for so long, in ms. */
const GOOD_MS = 10_000;

/**
 * Another machine's clock between two readings of it, carried on by our own: none, rather than a wrong
 * one, where ours was set or stood still meanwhile.
 */
export class SteadyClock {
  private reading: { other: number; steady: number; wall: number } | null = null;

  set(other: number): void {
    this.reading = { other, steady: performance.now(), wall: Date.now() };
  }

  /** In ms since 1970; null when nobody can tell any more. */
  now(): number | null {
    if (!this.reading) return null;
    const steady = performance.now() - this.reading.steady;
    const wall = Date.now() - this.reading.wall;
    if (steady > GOOD_MS || Math.abs(wall - steady) > APART_MS) return null;
    return Math.floor(this.reading.other + steady);
  }
}
