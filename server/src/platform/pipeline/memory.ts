import type { Settings } from '@deskbell/contract';
import { SteadyClock } from './steady-clock.ts';
import { Trust } from './trust.ts';
import { type Ways, WorkingSet } from './working-set.ts';

/** What a batch under the lock found. */
export interface Sight {
  position: number;
  now: number;
  settings: Settings;
  /** Another one when the workspace's own row was written. */
  stamp: string;
  /** The log ended where our own batch before had left it. */
  isOwnHead: boolean;
}

/** One workspace's memory between batches: its rows, and where its own last batch left the log. */
export class WorkspaceMemory {
  readonly workspaceId: string;
  readonly rows: WorkingSet;
  readonly trust = new Trust();
  /** -1: unknown. */
  head = -1;
  private at = 0;
  private sight: Sight | null = null;
  private readonly clock = new SteadyClock();

  constructor(workspaceId: string, ways: Ways) {
    this.workspaceId = workspaceId;
    this.rows = new WorkingSet(ways);
  }

  /**
   * What a batch may be decided on before the database was asked: known as long as nobody else seems to
   * write in this workspace. The database is asked all the same, with the writing (`expect_head`).
   */
  get trusted(): Sight | null {
    const now = this.clock.now();
    if (!this.sight || !this.trust.isEarned || now === null) return null;
    return { ...this.sight, position: this.head, now: Math.max(now, this.at) };
  }

  learn(sight: Sight): void {
    this.head = sight.position;
    this.sight = sight;
    this.trust.looked(sight.isOwnHead);
    this.setClock(sight.now);
  }

  /** Our own batch wrote the workspace's row: its settings and its stamp are to be read anew. */
  distrust(): void {
    this.sight = null;
  }

  /** The database's clock, as just read. */
  setClock(now: number): void {
    this.clock.set(now);
  }

  /** Our own batch added so many events, all of this moment. */
  advance(events: number, at: number): void {
    this.head += events;
    this.at = at;
  }

  forget(): void {
    this.rows.forgetEverything();
    this.trust.forget();
    this.sight = null;
    this.head = -1;
    this.at = 0;
  }
}
