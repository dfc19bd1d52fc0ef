import type { BulkJob } from '@deskbell/contract';

/** What this tab remembers; null: the browser denies it. */
export function tabStorage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

/** The job that is shown: of those that are not finished the one begun last. */
export function shownJob(jobs: readonly BulkJob[]): BulkJob | null {
  const going = jobs.filter(({ finishedAt }) => finishedAt === null);
  return going.toSorted((left, right) => right.createdAt - left.createdAt)[0] ?? null;
}

const KEY = 'deskbell.bulkJobs';

/** Those of which this tab has still to tell that they are finished, by id; also over a reload, and while another screen is open. */
export class Followed {
  private readonly ids: Set<string>;
  private readonly kept: Pick<Storage, 'setItem'> | null;

  /** `kept`: what the tab remembers; null: storage is denied, and a reload forgets them. */
  constructor(kept: Pick<Storage, 'getItem' | 'setItem'> | null) {
    this.kept = kept;
    this.ids = new Set(kept?.getItem(KEY)?.split(' ').filter(Boolean));
  }

  /** Begun here: it may be finished before it is seen going on. */
  add(id: string): void {
    this.ids.add(id);
    this.keep();
  }

  /**
   * Takes in how far jobs are: answers those that ended while they were followed, each once. Of one that was stopped
   * what takes it back is told.
   */
  ended(jobs: readonly BulkJob[]): BulkJob[] {
    for (const { id, finishedAt } of jobs) if (finishedAt === null) this.ids.add(id);
    const ended = jobs.filter(({ id, finishedAt }) => finishedAt !== null && this.ids.delete(id));
    this.keep();
    return ended.filter(({ isStopped }) => !isStopped);
  }

  private keep(): void {
    try {
      this.kept?.setItem(KEY, [...this.ids].join(' '));
    } catch {
      // There is no room for it: a reload forgets them.
    }
  }
}
