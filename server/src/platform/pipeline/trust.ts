/** Even among many servers one that writes alone is trusted again after so many batches. */
const MOST = 64;

/**
 * Whether this server seems to write in a workspace alone, so that batches may be decided before the
 * database was asked. Each time that this was wrong, twice as many batches in a row must first find
 * the log as we left it: of servers that write at the same time nearly every batch on trust would fail.
 */
export class Trust {
  private needed = 1;
  private inRow = 0;

  /** A batch under the lock looked where the log ends. */
  looked(isOwnHead: boolean): void {
    this.inRow = isOwnHead ? this.inRow + 1 : 0;
  }

  get isEarned(): boolean {
    return this.inRow >= this.needed;
  }

  /** A batch on trust was right. */
  kept(): void {
    this.needed = Math.max(1, this.needed - 1);
  }

  /** Somebody else had written. */
  broken(): void {
    this.inRow = 0;
    this.needed = Math.min(this.needed * 2, MOST);
  }

  /** What was known of the log is known no longer. */
  forget(): void {
    this.inRow = 0;
  }
}
