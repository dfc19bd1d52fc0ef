import { type AlertChoices, alertChoicesSchema } from '@deskbell/contract';
import { type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';
import { isLive } from '../presence/index.ts';
import { STANDS } from './devices.sql.ts';
import type { OpenDevice } from './rules.ts';

/** So long a desk takes to come back, in ms. */
const JUST_GONE_MS = 20_000;

/** How agents can be reached. Who is in none of it has no desk and never had one. */
export interface Reach {
  online: ReadonlySet<string>;
  devices: ReadonlyMap<string, readonly OpenDevice[]>;
  /** Who may be pushed to. */
  pushable: ReadonlySet<string>;
  /** Whose last desk went a moment ago: it may only be loading anew. */
  justGone: ReadonlySet<string>;
  choices: ReadonlyMap<string, AlertChoices>;
}

export async function findReach(sql: Queries, workspaceId: string): Promise<Reach> {
  const [online, devices, pushable, justGone, choices] = await Promise.all([
    findOnline(sql, workspaceId),
    findOpenDevices(sql, workspaceId),
    run<{ id: string }>(
      sql,
      `select distinct agent_id as id from push_devices where workspace_id = $1 and ${STANDS}`,
      [workspaceId],
    ),
    run<{ id: string }>(
      sql,
      `select agent_id as id from last_seen where workspace_id = $1 and at > ${NOW_MS} - ${JUST_GONE_MS}`,
      [workspaceId],
    ),
    run<{ id: string; choices: unknown }>(
      sql,
      'select agent_id as id, choices from alerts where workspace_id = $1',
      [workspaceId],
    ),
  ]);
  return {
    online: new Set(online.map(({ id }) => id)),
    devices: Map.groupBy(devices, (device) => device.agentId),
    pushable: new Set(pushable.map(({ id }) => id)),
    justGone: new Set(justGone.map(({ id }) => id)),
    choices: new Map(choices.map((each) => [each.id, alertChoicesSchema.parse(each.choices)])),
  };
}

/** as their switch says; the clock turns it where a desk has been gone for too long. */
function findOnline(sql: Queries, workspaceId: string): Promise<{ id: string }[]> {
  return run(
    sql,
    `select id from agents where workspace_id = $1 and is_active and availability = 'online'`,
    [workspaceId],
  );
}

export async function isOnline(
  sql: Queries,
  workspaceId: string,
  agentId: string,
): Promise<boolean> {
  return (await findOnline(sql, workspaceId)).some(({ id }) => id === agentId);
}

function findOpenDevices(
  sql: Queries,
  workspaceId: string,
): Promise<(OpenDevice & { agentId: string })[]> {
  return run(
    sql,
    `select a.agent_id as "agentId", a.device_id as id, max(a.used_at) as "usedAt", bool_or(a.is_focused) as "isFocused",
       coalesce(jsonb_agg(a.conversation_id) filter (where a.is_focused and a.conversation_id is not null), '[]') as "looksAt"
     from desk_attention a join desk_connections c on c.id = a.connection_id
     where a.workspace_id = $1 and ${isLive('c')}
     group by a.agent_id, a.device_id`,
    [workspaceId],
  );
}

/** Whether a desk of theirs is open in a window that has the focus. */
export async function looksAtDesk(
  sql: Queries,
  workspaceId: string,
  agentId: string,
): Promise<boolean> {
  const rows = await run(
    sql,
    `select 1 from desk_attention a join desk_connections c on c.id = a.connection_id
     where a.workspace_id = $1 and a.agent_id = $2 and a.is_focused and ${isLive('c')} limit 1`,
    [workspaceId, agentId],
  );
  return rows.length > 0;
}

/**
 * A desk says that it is in use. Nothing, where its connection is no longer there. Answers whether its agent is away only
 * because none was.
 */
export async function noteAttention(
  sql: Queries,
  attention: {
    connectionId: string;
    deviceId: string;
    isFocused: boolean;
    conversationId: string | null;
  },
): Promise<boolean> {
  const rows = await run(
    sql,
    `with noted as (
       insert into desk_attention (connection_id, workspace_id, agent_id, device_id, used_at, is_focused, conversation_id)
       select id, workspace_id, agent_id, $2, ${NOW_MS}, $3, $4::uuid from desk_connections where id = $1
       on conflict (connection_id) do update set device_id = excluded.device_id, is_focused = excluded.is_focused,
         conversation_id = excluded.conversation_id,
         used_at = case when excluded.is_focused then excluded.used_at else desk_attention.used_at end
       returning workspace_id, agent_id
     ), used as (
       update push_devices d set used_at = ${NOW_MS} from noted
       where $3 and d.workspace_id = noted.workspace_id and d.agent_id = noted.agent_id and d.id = $2)
     select from noted join agents a on a.workspace_id = noted.workspace_id and a.id = noted.agent_id
     where $3 and a.availability = 'away' and a.returns_to is not null`,
    [attention.connectionId, attention.deviceId, attention.isFocused, attention.conversationId],
  );
  return rows.length > 0;
}
