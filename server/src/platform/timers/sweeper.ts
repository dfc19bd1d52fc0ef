/** How often deadlines are looked for, and how many at once. */
const SWEEP_MS = 1_000;
const SWEEP_LIMIT = 500;

export interface Due {
  workspaceId: string;
  id: string;
  /** Lets the rules decide on it again. */
  command: { kind: string; input: object };
}

interface Options {
  /** What is due now, the eldest first. */
  findDue(limit: number): Promise<Due[]>;
  /** Lets the rules decide again; resolves when that is committed. */
  tick(due: Due): Promise<void>;
  onTrouble(error: unknown, what: string): void;
  sweepMs?: number;
}

/**
 * Sends a tick for whatever is due. Runs on every server with no leader: the rules decide again under
 * the lock, so a second tick finds nothing to do.
 */
export class Sweeper {
  private readonly options: Options;
  private readonly timer: NodeJS.Timeout;
  private running: Promise<void> | null = null;

  constructor(options: Options) {
    this.options = options;
    this.timer = setInterval(() => void this.sweep(), options.sweepMs ?? SWEEP_MS);
    this.timer.unref();
  }

  /** Sweeps now; a sweep under way is waited for instead of doubled. */
  sweep(): Promise<void> {
    this.running ??= this.sweepOnce().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async sweepOnce(): Promise<void> {
    try {
      const due = await this.options.findDue(SWEEP_LIMIT);
      await Promise.all(due.map((each) => this.options.tick(each)));
      const still = due.length === 0 ? [] : await this.options.findDue(SWEEP_LIMIT);
      const before = new Set(due.map((each) => each.id));
      const stuck = still.filter((each) => before.has(each.id));
      if (stuck.length > 0)
        this.options.onTrouble(
          new Error(`still due after their tick: ${stuck.map((each) => each.id).join(', ')}`),
          'sweeping',
        );
    } catch (error) {
      this.options.onTrouble(error, 'sweeping');
    }
  }
}
