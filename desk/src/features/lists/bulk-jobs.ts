import type { BulkJob } from '@deskbell/contract';

/** The job that is shown: of those that are not finished the one begun last. */
export function shownJob(jobs: readonly BulkJob[]): BulkJob | null {
  const going = jobs.filter(({ finishedAt }) => finishedAt === null);
  return going.toSorted((left, right) => right.createdAt - left.createdAt)[0] ?? null;
}

/** Those of which this screen has still to tell that they are finished, by id. */
export class Followed {
  private readonly ids = new Set<string>();

  /** Begun here: it may be finished before it is seen going on. */
  add(id: string): void {
    this.ids.add(id);
  }

  /** Takes in how far jobs are: answers those that ended while they were followed, each once. */
  ended(jobs: readonly BulkJob[]): BulkJob[] {
    for (const { id, finishedAt } of jobs) if (finishedAt === null) this.ids.add(id);
    return jobs.filter(({ id, finishedAt }) => finishedAt !== null && this.ids.delete(id));
  }
}
