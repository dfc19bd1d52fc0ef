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

/** A connected desk that stays until it is taken away. */
export async function connectDesk(
  pool: Pool,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<void> {
  await pool`
    insert into desk_connections (id, workspace_id, agent_id, server_id, renewed_at)
    values (gen_random_uuid(), ${workspaceId}, ${agentId}, gen_random_uuid(), 9e15::bigint)`;
}

export async function disconnectDesks(pool: Pool, agentId: string): Promise<void> {
  await pool`delete from desk_connections where agent_id = ${agentId}`;
}
