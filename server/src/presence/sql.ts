import { settingsSchema } from '@deskbell/contract';
import type { Table } from '../platform/pipeline/table.ts';
import { column } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';
import type { PresenceRow } from './rules.ts';

/** A desk's connection is void this long after its server last renewed it, in ms. */
const LEASE_MS = 45_000;
export const RENEW_MS = 15_000;

const DEFAULT_GRACE_MS = settingsSchema.parse({}).presenceGraceMs;

/** A desk that is connected, and whose session has not been ended: also while its socket still stands elsewhere. */
export const isLive = (desk: string) =>
  `${desk}.renewed_at > ${NOW_MS} - ${LEASE_MS}
   and (${desk}.session is null or exists (
     select from sessions s where s.token_hash = ${desk}.session
       and not exists (select from session_ends e where e.token_hash = s.token_hash and e.workspace_id = ${desk}.workspace_id)))`;

/** When desks `d` were last touched, by what they say themselves (\`t\`); null where one says nothing. */
const USED_AT = 'case when bool_and(t.used_at is not null) then max(t.used_at) end';

/** The desks of agents. Read by commands, written by connections. */
export const presence: Table<PresenceRow> = {
  name: 'presence',
  key: (row) => row.agentId,
  isVolatile: true,
  load: (sql, workspaceId, keys) =>
    run<PresenceRow>(
      sql,
      `select asked.id as "agentId",
         exists (select from desk_connections d where d.workspace_id = $1 and d.agent_id = asked.id and ${isLive('d')}) as "isConnected",
         greatest(
           (select at from last_seen l where l.workspace_id = $1 and l.agent_id = asked.id),
           (select max(renewed_at) from desk_connections d where d.workspace_id = $1 and d.agent_id = asked.id)) as "seenAt",
         (select ${USED_AT} from desk_connections d left join desk_attention t on t.connection_id = d.id
          where d.workspace_id = $1 and d.agent_id = asked.id and ${isLive('d')}) as "usedAt"
       from unnest($2::uuid[]) as asked(id)`,
      [workspaceId, `{${keys.join(',')}}`],
    ),
  insert() {
    throw new Error('presence is written by connections, not by commands');
  },
};

/** Agents of any workspace whose switch isn't at offline and whose desks have been gone for longer than the grace. */
export function findGone(
  sql: Queries,
  at: number,
  limit: number,
): Promise<{ workspaceId: string; id: string }[]> {
  return run(
    sql,
    `select a.workspace_id as "workspaceId", a.id
     from agents a join workspaces w on w.id = a.workspace_id
     left join last_seen l on l.workspace_id = a.workspace_id and l.agent_id = a.id
     left join lateral (
       select max(renewed_at) as renewed_at, bool_or(${isLive('d')}) as is_live from desk_connections d
       where d.workspace_id = a.workspace_id and d.agent_id = a.id) as desks on true
     where a.availability <> 'offline' and desks.is_live is not true
       and greatest(a.availability_at, l.at, desks.renewed_at, 0)
         + coalesce((w.settings ->> 'presenceGraceMs')::bigint, $3) <= $1
     limit $2`,
    [at, limit, DEFAULT_GRACE_MS],
  );
}

/** Agents of any workspace who are online and have touched no desk for longer than its setting. */
export function findIdle(
  sql: Queries,
  at: number,
  limit: number,
): Promise<{ workspaceId: string; id: string }[]> {
  return run(
    sql,
    `select a.workspace_id as "workspaceId", a.id
     from workspaces w join agents a on a.workspace_id = w.id and a.availability = 'online' and a.is_active
     join lateral (
       select ${USED_AT} as used_at from desk_connections d left join desk_attention t on t.connection_id = d.id
       where d.workspace_id = a.workspace_id and d.agent_id = a.id and ${isLive('d')}) as desks on desks.used_at is not null
     where (w.settings ->> 'awayAfterMs')::bigint > 0
       and greatest(a.availability_at, desks.used_at) + (w.settings ->> 'awayAfterMs')::bigint <= $1
     limit $2`,
    [at, limit],
  );
}

export interface DeskConnection {
  id: string;
  workspaceId: string;
  agentId: string;
  serverId: string;
  /** The session that opened it, named by its token's hash, in hex. */
  session: string;
}

/** Enters connections, or renews those that stand there. */
export function renewConnections(
  sql: Queries,
  connections: readonly DeskConnection[],
): Promise<unknown> {
  return run(
    sql,
    `insert into desk_connections (id, workspace_id, agent_id, server_id, session, renewed_at)
     select id, workspace_id, agent_id, server_id, decode(session, 'hex'), ${NOW_MS}
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[]) as t(id, workspace_id, agent_id, server_id, session)
     on conflict (id) do update set renewed_at = excluded.renewed_at`,
    [
      column(connections, (each) => each.id),
      column(connections, (each) => each.workspaceId),
      column(connections, (each) => each.agentId),
      column(connections, (each) => each.serverId),
      column(connections, (each) => each.session),
    ],
  );
}

/** A desk has gone: this was its agent's last sign of life so far. */
export function deleteConnection(sql: Queries, id: string): Promise<unknown> {
  return run(sql, deleting('id = $1', NOW_MS), [id]);
}

export function deleteVoidConnections(sql: Queries): Promise<unknown> {
  return run(sql, deleting(`renewed_at < ${NOW_MS} - ${LEASE_MS}`, 'max(renewed_at)'));
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
       union all select agent_id, ${NOW_MS} from desk_connections d where workspace_id = $1 and ${isLive('d')}
       union all select a.id, s.last_used_at from sessions s join agents a on a.workspace_id = s.workspace_id and a.user_id = s.user_id
         where s.workspace_id = $1) as seen
     group by id`,
    [workspaceId],
  );
  return Object.fromEntries(rows.map(({ id, at }) => [id, at]));
}
