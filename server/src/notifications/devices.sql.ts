import type { PushSubscriptionFacts } from '@deskbell/contract';
import { type Pool, type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';

export interface PushDeviceRow {
  id: string;
  endpoint: string;
  keys: PushSubscriptionFacts['keys'];
  userAgent: string;
  language: string;
  addedAt: number;
  usedAt: number;
}

const columns = `id, endpoint, keys, user_agent as "userAgent", language, added_at as "addedAt", used_at as "usedAt"`;

/** Its session is live, and was not shut out of the workspace. */
export const STANDS = `exists (select from sessions s where s.token_hash = push_devices.session and s.expires_at > ${NOW_MS})
  and not exists (select from session_ends e where e.token_hash = push_devices.session and e.workspace_id = push_devices.workspace_id)`;

/** Those of an agent, the one used last first. */
export function findPushDevices(
  sql: Queries,
  workspaceId: string,
  agentId: string,
): Promise<PushDeviceRow[]> {
  return run<PushDeviceRow>(
    sql,
    `select ${columns} from push_devices where workspace_id = $1 and agent_id = $2 and ${STANDS} order by used_at desc, id`,
    [workspaceId, agentId],
  );
}

/**
 * A browser may be pushed to from now on, for this workspace beside others of the same person. Whoever else used the
 * same browser before is no longer reached there.
 */
export async function savePushDevice(
  pool: Pool,
  workspaceId: string,
  device: NewPushDevice,
): Promise<void> {
  await pool.begin(async (transaction) => {
    const sql = transaction as unknown as Queries;
    await lockEndpoint(sql, device.subscription.endpoint);
    await replacePushDevice(sql, workspaceId, device);
  });
}

interface NewPushDevice {
  agentId: string;
  id: string;
  session: string;
  subscription: PushSubscriptionFacts;
  userAgent: string;
  language: string;
}

/** Of several who come at once with one browser, one after the other: the last one is reached there, and nobody else. */
function lockEndpoint(sql: Queries, endpoint: string): Promise<unknown> {
  return run(sql, `select pg_advisory_xact_lock(hashtextextended('push:' || $1, 0))`, [endpoint]);
}

async function replacePushDevice(
  sql: Queries,
  workspaceId: string,
  device: NewPushDevice,
): Promise<void> {
  const { endpoint, keys } = device.subscription;
  await run(
    sql,
    `delete from push_devices d where endpoint = $4 and (
       workspace_id = $1 and (agent_id, id) <> ($2::uuid, $3::uuid)
       or (select user_id from sessions where token_hash = d.session)
          is distinct from (select user_id from sessions where token_hash = decode($5, 'hex')))`,
    [workspaceId, device.agentId, device.id, endpoint, device.session],
  );
  await run(
    sql,
    `insert into push_devices (workspace_id, agent_id, id, session, endpoint, keys, user_agent, language, added_at, used_at)
     values ($1, $2, $3, decode($4, 'hex'), $5, $6::text::jsonb, $7, $8, ${NOW_MS}, ${NOW_MS})
     on conflict (workspace_id, agent_id, id) do update set session = excluded.session, endpoint = excluded.endpoint,
       keys = excluded.keys, user_agent = excluded.user_agent, language = excluded.language, used_at = excluded.used_at`,
    [
      workspaceId,
      device.agentId,
      device.id,
      device.session,
      endpoint,
      JSON.stringify(keys),
      device.userAgent.slice(0, 300),
      device.language,
    ],
  );
}

export async function deletePushDevice(
  sql: Queries,
  workspaceId: string,
  of: { agentId: string; id: string; endpoint?: string },
): Promise<boolean> {
  const rows = await run(
    sql,
    `delete from push_devices where workspace_id = $1 and agent_id = $2 and id = $3 and ($4::text is null or endpoint = $4) returning 1`,
    [workspaceId, of.agentId, of.id, of.endpoint ?? null],
  );
  return rows.length > 0;
}

export interface VapidKeys {
  publicKey: string;
  privateKey: string;
}

/** The keys of this installation; `made` becomes them where there are none. */
export async function vapidKeys(sql: Queries, made: () => VapidKeys): Promise<VapidKeys> {
  const found = await findVapidKeys(sql);
  if (found) return found;
  const { publicKey, privateKey } = made();
  await run(
    sql,
    'insert into vapid_keys (public_key, private_key) values ($1, $2) on conflict do nothing',
    [publicKey, privateKey],
  );
  // Another server may have been quicker.
  return (await findVapidKeys(sql)) ?? { publicKey, privateKey };
}

async function findVapidKeys(sql: Queries): Promise<VapidKeys | undefined> {
  const [row] = await run<VapidKeys>(
    sql,
    'select public_key as "publicKey", private_key as "privateKey" from vapid_keys',
  );
  return row;
}
