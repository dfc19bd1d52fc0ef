import type { KeptPreferences, Preferences } from '@deskbell/contract';
import { type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';

export interface StoredPicture {
  type: string;
  bytes: Buffer;
}
interface Whose {
  workspaceId: string;
  agentId: string;
}

export async function insertPicture(
  sql: Queries,
  { workspaceId, agentId, hash, type, bytes }: Whose & StoredPicture & { hash: string },
): Promise<void> {
  await run(
    sql,
    `insert into agent_pictures (workspace_id, agent_id, hash, type, bytes, made_at)
     values ($1, $2, $3, $4, decode($5, 'base64'), ${NOW_MS})
     on conflict (workspace_id, agent_id, hash) do update set made_at = excluded.made_at`,
    [workspaceId, agentId, hash, type, bytes.toString('base64')],
  );
}

/** One that somebody shows. The same bytes have the same hash, whoever does. */
export async function findPicture(sql: Queries, hash: string): Promise<StoredPicture | undefined> {
  const [row] = await run<{ type: string; bytes: string }>(
    sql,
    `select type, encode(bytes, 'base64') as bytes from agent_pictures p
       join agents a on a.workspace_id = p.workspace_id and a.id = p.agent_id and a.picture = p.hash
     where hash = $1 limit 1`,
    [hash],
  );
  return row && { type: row.type, bytes: Buffer.from(row.bytes, 'base64') };
}

/** Those that an agent shows no more. Not the youngest: another request may be about to show them. */
export async function deleteFormerPictures(
  sql: Queries,
  { workspaceId, agentId }: Whose,
): Promise<void> {
  await run(
    sql,
    `delete from agent_pictures p using agents a
     where p.workspace_id = $1 and p.agent_id = $2 and a.workspace_id = $1 and a.id = $2
       and p.hash is distinct from a.picture and p.made_at < ${NOW_MS} - 60000`,
    [workspaceId, agentId],
  );
}

/** What an agent keeps for themselves. */
export async function findOwn(
  sql: Queries,
  { workspaceId, agentId }: Whose,
): Promise<{ signature: string; preferences: Preferences } | undefined> {
  const [row] = await run<{ signature: string; preferences: Preferences }>(
    sql,
    `select a.signature, coalesce(p.preferences, '{}') as preferences
     from agents a left join agent_preferences p on p.workspace_id = a.workspace_id and p.agent_id = a.id
     where a.workspace_id = $1 and a.id = $2`,
    [workspaceId, agentId],
  );
  return row;
}

interface PreferencesRow {
  version: number;
  preferences: Preferences;
}

const kept = (agentId: string, row: PreferencesRow | undefined): KeptPreferences => ({
  id: agentId as KeptPreferences['id'],
  version: row?.version ?? 0,
  kept: row?.preferences ?? {},
});

/** How an agent's desk is to be; nothing where they never chose. */
export async function findPreferences(
  sql: Queries,
  { workspaceId, agentId }: Whose,
): Promise<KeptPreferences> {
  const [row] = await run<PreferencesRow>(
    sql,
    'select version, preferences from agent_preferences where workspace_id = $1 and agent_id = $2',
    [workspaceId, agentId],
  );
  return kept(agentId, row);
}

/** What is named changes, all else stays. */
export async function keepPreferences(
  sql: Queries,
  { workspaceId, agentId, change }: Whose & { change: Preferences },
): Promise<KeptPreferences> {
  const [row] = await run<PreferencesRow>(
    sql,
    `insert into agent_preferences as kept (workspace_id, agent_id, preferences) values ($1, $2, $3::text::jsonb)
     on conflict (workspace_id, agent_id) do update set version = kept.version + 1, preferences = kept.preferences || excluded.preferences
     returning version, preferences`,
    [workspaceId, agentId, JSON.stringify(change)],
  );
  return kept(agentId, row);
}
