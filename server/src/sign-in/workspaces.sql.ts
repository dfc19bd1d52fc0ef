import { type Queries, run } from '../platform/store/connect.ts';

export interface Identity {
  userId: string;
  email: string;
  /** What the agent is called in that workspace. */
  name: string;
}

/** Whose sign-in an agent is. */
export async function findIdentity(
  sql: Queries,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<Identity | undefined> {
  const [row] = await run<Identity>(
    sql,
    `select u.id as "userId", u.email, a.name from agents a join users u on u.id = a.user_id
     where a.workspace_id = $1 and a.id = $2`,
    [workspaceId, agentId],
  );
  return row;
}

export async function ownsSomeWorkspace(sql: Queries, userId: string): Promise<boolean> {
  const rows = await run(
    sql,
    `select from agents where user_id = $1 and is_active and role = 'owner' limit 1`,
    [userId],
  );
  return rows.length > 0;
}

/** There they come in the next time, and so does this session where nobody says which. */
export function keepLastUsed(
  sql: Queries,
  { tokenHash, workspaceId }: { tokenHash: string; workspaceId: string },
): Promise<unknown> {
  return run(
    sql,
    `with moved as (
       update sessions set workspace_id = $2 where token_hash = decode($1, 'hex') returning user_id
     )
     update users set last_workspace_id = $2 where id = (select user_id from moved)`,
    [tokenHash, workspaceId],
  );
}
