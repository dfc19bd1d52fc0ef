import type { Table } from '../platform/pipeline/table.ts';
import { column } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';

/** A desk's connection is void this long after its server last renewed it, in ms. */
const LEASE_MS = 45_000;
export const RENEW_MS = 15_000;

const now = `(extract(epoch from clock_timestamp()) * 1000)::bigint`;

export interface PresenceRow {
  agentId: string;
  isOnline: boolean;
}

/** Whether a desk of the agent is connected now, on any server. Read by commands, written by none. */
export const presence: Table<PresenceRow> = {
  name: 'presence',
  key: (row) => row.agentId,
  isVolatile: true,
  load: (sql, workspaceId, keys) =>
    run<PresenceRow>(
      sql,
      `select asked.id as "agentId", exists (
         select from desk_connections
         where workspace_id = $1 and agent_id = asked.id and renewed_at > ${now} - ${LEASE_MS}) as "isOnline"
       from unnest($2::uuid[]) as asked(id)`,
      [workspaceId, `{${keys.join(',')}}`],
    ),
  insert() {
    throw new Error('presence is written by connections, not by commands');
  },
};

export async function findOnline(sql: Queries, workspaceId: string): Promise<string[]> {
  const rows = await run<{ id: string }>(
    sql,
    `select distinct agent_id as id from desk_connections where workspace_id = $1 and renewed_at > ${now} - ${LEASE_MS}`,
    [workspaceId],
  );
  return rows.map((row) => row.id);
}

export interface DeskConnection {
  id: string;
  workspaceId: string;
  agentId: string;
  serverId: string;
}

/** Enters connections, or renews those that stand there. */
export function renewConnections(
  sql: Queries,
  connections: readonly DeskConnection[],
): Promise<unknown> {
  return run(
    sql,
    `insert into desk_connections (id, workspace_id, agent_id, server_id, renewed_at)
     select *, ${now} from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[])
     on conflict (id) do update set renewed_at = excluded.renewed_at`,
    [
      column(connections, (each) => each.id),
      column(connections, (each) => each.workspaceId),
      column(connections, (each) => each.agentId),
      column(connections, (each) => each.serverId),
    ],
  );
}

/** A desk has gone: this was its agent's last sign of life so far. */
export function deleteConnection(sql: Queries, id: string): Promise<unknown> {
  return run(sql, deleting('id = $1', now), [id]);
}

export function deleteVoidConnections(sql: Queries): Promise<unknown> {
  return run(sql, deleting(`renewed_at < ${now} - ${LEASE_MS}`, 'max(renewed_at)'));
}

const deleting = (which: string, at: string) =>
  `with gone as (delete from desk_connections where ${which} returning workspace_id, agent_id, renewed_at)
   insert into last_seen (workspace_id, agent_id, at)
   select workspace_id, agent_id, ${at} from gone group by workspace_id, agent_id
   on conflict (workspace_id, agent_id) do update set at = greatest(last_seen.at, excluded.at)`;

/** When each agent was last active, by id: now while a desk of theirs is connected, else when the last one left, or a session was used. */
export async function findLastSeen(
  sql: Queries,
  workspaceId: string,
): Promise<Record<string, number>> {
  const rows = await run<{ id: string; at: number }>(
    sql,
    `select id, max(at) as at from (
       select agent_id as id, at from last_seen where workspace_id = $1
       union all select agent_id, ${now} from desk_connections where workspace_id = $1 and renewed_at > ${now} - ${LEASE_MS}
       union all select a.id, s.last_used_at from sessions s join agents a on a.workspace_id = s.workspace_id and a.user_id = s.user_id
         where s.workspace_id = $1) as seen
     group by id`,
    [workspaceId],
  );
  return Object.fromEntries(rows.map(({ id, at }) => [id, at]));
}
