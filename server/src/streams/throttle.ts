/** Calls `act` at once after a quiet time, and at most once per interval while calls keep coming. */
export class Throttle {
  private readonly intervalMs: number;
  private readonly act: () => void;
  private timer: NodeJS.Timeout | null = null;
  private last = Number.NEGATIVE_INFINITY;

  constructor(intervalMs: number, act: () => void) {
    this.intervalMs = intervalMs;
    this.act = act;
  }

  call(): void {
    if (this.timer) return;
    const wait = this.last + this.intervalMs - performance.now();
    if (wait <= 0) return this.run();
    this.timer = setTimeout(() => this.run(), wait);
    this.timer.unref();
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private run(): void {
    this.timer = null;
    this.last = performance.now();
    this.act();
  }
}
