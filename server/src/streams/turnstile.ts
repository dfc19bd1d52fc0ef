/**
 * Lets in one a turn of the event loop: when ten thousand come back at once, what is written meanwhile
 * passes between them. Nobody waits for another to be done inside.
 */
export class Turnstile {
  private readonly waiting: (() => void)[] = [];
  private isTurning = false;

  /** Does it when its turn has come; who came first is first. */
  async pass<Result>(act: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((resolve) => {
      this.waiting.push(resolve);
      this.plan();
    });
    return act();
  }

  private plan(): void {
    if (this.isTurning || this.waiting.length === 0) return;
    this.isTurning = true;
    setImmediate(() => {
      this.isTurning = false;
      this.waiting.shift()?.();
      this.plan();
    });
  }
}
