import { type Queries, run } from '../platform/store/connect.ts';
import type { JobPlace } from './sql.ts';

/** Until the transaction ends nobody else begins a job for this agent, on any server. */
export function holdBeginning(sql: Queries, agentId: string): Promise<unknown> {
  return run(
    sql,
    `select pg_advisory_xact_lock(hashtextextended('deskbell:bulk-jobs:' || $1::text, 0))`,
    [agentId],
  );
}

/** How many jobs of an agent are not finished; one that is being taken back is one with what takes it back. */
export async function countUnfinished(
  sql: Queries,
  { workspaceId, agentId }: Pick<JobPlace, 'workspaceId' | 'agentId'>,
): Promise<number> {
  const [row] = await run<{ count: number }>(
    sql,
    `select count(distinct coalesce(undo_of, id))::int as count from bulk_jobs
     where workspace_id = $1 and agent_id = $2 and finished_at is null`,
    [workspaceId, agentId],
  );
  return row?.count ?? 0;
}

/** What takes a job back just now. */
export async function findUndoing(sql: Queries, job: JobPlace): Promise<string | undefined> {
  const [row] = await run<{ id: string }>(
    sql,
    `select id from bulk_jobs where workspace_id = $1 and agent_id = $2 and undo_of = $3 and finished_at is null`,
    [job.workspaceId, job.agentId, job.id],
  );
  return row?.id;
}

/** From now on it comes to no further conversation. Answers how many there may be to take back at most. */
export async function stopJob(sql: Queries, { workspaceId, id }: JobPlace): Promise<number> {
  const place = [workspaceId, id];
  await run(
    sql,
    'update bulk_jobs set is_stopped = true where workspace_id = $1 and id = $2',
    place,
  );
  // What was looked at may have been done by a server that is gone: the job does it to the end, and it is taken back.
  await run(
    sql,
    'delete from bulk_items where workspace_id = $1 and job_id = $2 and outcome is null and before is null',
    place,
  );
  const [row] = await run<{ count: number }>(
    sql,
    `select count(*)::int as count from bulk_items where workspace_id = $1 and job_id = $2 and coalesce(outcome, '') = ''`,
    place,
  );
  return row?.count ?? 0;
}

/** Gives what takes a finished job back the conversations to which that was done. */
export async function fillUndoing(sql: Queries, job: JobPlace): Promise<void> {
  await run(
    sql,
    `with undoing as (
       select id from bulk_jobs where workspace_id = $1 and agent_id = $2 and undo_of = $3 and finished_at is null
     ), filled as (
       insert into bulk_items (workspace_id, job_id, place, conversation_id)
       select i.workspace_id, u.id, i.place, i.conversation_id from undoing u, bulk_items i
       where i.workspace_id = $1 and i.job_id = $3 and i.outcome = '' returning job_id)
     update bulk_jobs j set total = (select count(*) from filled)
     from undoing u where j.workspace_id = $1 and j.id = u.id`,
    [job.workspaceId, job.agentId, job.id],
  );
}
