import type { Engine } from '../engine.ts';
import type { Pool } from '../platform/store/connect.ts';

/**
 * Turns a workspace's clock forward: its pipeline never decides below the time of the last event of
 * the log, so one with a later time is put there, as another server would.
 */
export async function turnClock(pool: Pool, workspaceId: string, byMs: number): Promise<void> {
  await pool.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceId}, 0))`;
    await sql`
      insert into log (workspace_id, position, at, kind, id, version, actor, audience)
      select ${workspaceId}, coalesce(max(position), 0) + 1,
        greatest(coalesce(max(at), 0), (extract(epoch from clock_timestamp()) * 1000)::bigint) + ${byMs},
        'workspace.changed', ${workspaceId}, 1, 'test', 'workspace'
      from log where workspace_id = ${workspaceId}`;
  });
}

export async function disconnectDesks(pool: Pool, agentId: string): Promise<void> {
  await pool`delete from desk_connections where agent_id = ${agentId}`;
}

/** Turns the jobs' clock: all that wait for later are due, and done by this server before it resolves. */
export async function turnJobs({ pool, jobs }: Pick<Engine, 'pool' | 'jobs'>): Promise<void> {
  // One that is being done has its next time only when it is done.
  while ((await pool`select from jobs where leased_until > 0 and failed_at is null`).length > 0)
    await new Promise(setImmediate);
  await pool`update jobs set due_at = 0 where failed_at is null`;
  await jobs.work();
}
