import { type Queries, run } from '../store/connect.ts';

/** How the jobs stand, over all workspaces. */
export interface JobState {
  waiting: number;
  /** For good, within the last week. */
  failed: number;
}

export async function readJobState(sql: Queries): Promise<JobState> {
  const [state] = await run<JobState>(
    sql,
    `select count(*) filter (where failed_at is null) as waiting, count(failed_at) as failed from jobs`,
  );
  return state ?? { waiting: 0, failed: 0 };
}
