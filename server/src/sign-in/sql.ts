import type { Role } from '@deskbell/contract';
import { type Queries, run } from '../platform/store/connect.ts';

const now = `(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** A session ends when it has not been used this long, in ms. */
const SESSION_MS = 30 * 24 * 3600 * 1000;

/** The last use is written down at most this often, in ms. */
const TOUCH_MS = 5 * 60 * 1000;

export interface UserRow {
  id: string;
  email: string;
  passwordHash: string;
}

export async function isAnybodyHere(sql: Queries): Promise<boolean> {
  return (await run(sql, 'select from workspaces limit 1')).length > 0;
}

/** Held by whoever makes the first workspace, so that there is one first visit. */
export function lockFirstVisit(sql: Queries): Promise<unknown> {
  return run(sql, `select pg_advisory_xact_lock(hashtextextended('deskbell:first-visit', 0))`);
}

export function insertWorkspace(
  sql: Queries,
  workspace: { id: string; name: string },
): Promise<unknown> {
  return run(sql, `insert into workspaces (id, name, created_at) values ($1, $2, ${now})`, [
    workspace.id,
    workspace.name,
  ]);
}

/** Undefined when the address has an account already. */
export async function insertUser(sql: Queries, user: UserRow): Promise<UserRow | undefined> {
  const rows = await run(
    sql,
    `insert into users (id, email, password_hash, created_at) values ($1, $2, $3, ${now}) on conflict (email) do nothing returning 1`,
    [user.id, user.email, user.passwordHash],
  );
  return rows.length > 0 ? user : undefined;
}

export async function findUser(sql: Queries, email: string): Promise<UserRow | undefined> {
  const [row] = await run<UserRow>(
    sql,
    'select id, email, password_hash as "passwordHash" from users where email = $1',
    [email],
  );
  return row;
}

export function changePassword(
  sql: Queries,
  changed: { userId: string; passwordHash: string },
): Promise<unknown> {
  return run(sql, 'update users set password_hash = $2 where id = $1', [
    changed.userId,
    changed.passwordHash,
  ]);
}

export interface Membership {
  workspaceId: string;
  agentId: string;
}

/** The active memberships of a user, the first joined first. */
export function findMemberships(sql: Queries, userId: string): Promise<Membership[]> {
  return run(
    sql,
    `select workspace_id as "workspaceId", id as "agentId" from agents where user_id = $1 and is_active order by id`,
    [userId],
  );
}

/** A user's membership of one workspace, also one that was deactivated. */
export async function findMembership(
  sql: Queries,
  { userId, workspaceId }: { userId: string; workspaceId: string },
): Promise<(Membership & { isActive: boolean }) | undefined> {
  const [row] = await run<Membership & { isActive: boolean }>(
    sql,
    `select workspace_id as "workspaceId", id as "agentId", is_active as "isActive" from agents where user_id = $1 and workspace_id = $2`,
    [userId, workspaceId],
  );
  return row;
}

export function insertSession(
  sql: Queries,
  session: {
    tokenHash: string;
    userId: string;
    workspaceId: string;
    userAgent: string;
    address?: string | undefined;
  },
): Promise<unknown> {
  return run(
    sql,
    `insert into sessions (token_hash, user_id, workspace_id, created_at, last_used_at, expires_at, user_agent, address)
     values (decode($1, 'hex'), $2, $3, ${now}, ${now}, ${now} + ${SESSION_MS}, $4, $5)`,
    [
      session.tokenHash,
      session.userId,
      session.workspaceId,
      session.userAgent.slice(0, 300),
      session.address ?? '',
    ],
  );
}

export interface SessionRow {
  tokenHash: string;
  workspaceId: string;
  agentId: string;
  role: Role;
  /** The inboxes that the agent serves. */
  inboxIds: string[];
  /** The log's head at that moment. */
  position: number;
}

/** The agent whose session this is, if it is live and they still belong to the workspace, with what decides what they may see. */
export async function findSession(
  sql: Queries,
  tokenHash: string,
): Promise<SessionRow | undefined> {
  const [row] = await run<SessionRow & { isStale: boolean }>(
    sql,
    `select $1 as "tokenHash", s.workspace_id as "workspaceId", a.id as "agentId", a.role,
       (select coalesce(jsonb_agg(i.id), '[]') from inboxes i where i.workspace_id = s.workspace_id and i.member_ids ? a.id::text) as "inboxIds",
       coalesce((select position from log where workspace_id = s.workspace_id order by position desc limit 1),
                (select position from log_floors where workspace_id = s.workspace_id), 0) as position,
       s.last_used_at < ${now} - ${TOUCH_MS} as "isStale"
     from sessions s join agents a on a.workspace_id = s.workspace_id and a.user_id = s.user_id and a.is_active
     where s.token_hash = decode($1, 'hex') and s.expires_at > ${now}`,
    [tokenHash],
  );
  if (row?.isStale) await touchSession(sql, tokenHash);
  return row;
}

/** Those of the sessions that still stand. They have streams open, so they are in use. */
export async function findStanding(
  sql: Queries,
  tokenHashes: readonly string[],
): Promise<string[]> {
  const asked = `{${tokenHashes.join(',')}}`;
  await run(
    sql,
    `update sessions set last_used_at = ${now}, expires_at = ${now} + ${SESSION_MS}
     where token_hash in (select decode(hash, 'hex') from unnest($1::text[]) as asked(hash))
       and last_used_at < ${now} - ${TOUCH_MS} and expires_at > ${now}`,
    [asked],
  );
  const rows = await run<{ tokenHash: string }>(
    sql,
    `select encode(s.token_hash, 'hex') as "tokenHash"
     from unnest($1::text[]) as asked(hash) join sessions s on s.token_hash = decode(asked.hash, 'hex')
     where s.expires_at > ${now}`,
    [asked],
  );
  return rows.map((row) => row.tokenHash);
}

function touchSession(sql: Queries, tokenHash: string): Promise<unknown> {
  return run(
    sql,
    `update sessions set last_used_at = ${now}, expires_at = ${now} + ${SESSION_MS} where token_hash = decode($1, 'hex')`,
    [tokenHash],
  );
}

export function deleteSession(sql: Queries, tokenHash: string): Promise<unknown> {
  return run(sql, `delete from sessions where token_hash = decode($1, 'hex')`, [tokenHash]);
}

/** Ends an agent's sessions in a workspace: those that began by then, or all (null). Answers their tokens' hashes. */
export async function deleteSessionsOfAgent(
  sql: Queries,
  of: { workspaceId: string; agentId: string; until: number | null },
): Promise<string[]> {
  const rows = await run<{ tokenHash: string }>(
    sql,
    `delete from sessions s using agents a
     where a.workspace_id = $1 and a.id = $2 and s.workspace_id = $1 and s.user_id = a.user_id
       and ($3::bigint is null or s.created_at <= $3)
     returning encode(s.token_hash, 'hex') as "tokenHash"`,
    [of.workspaceId, of.agentId, of.until],
  );
  return rows.map((row) => row.tokenHash);
}

export interface ListedSession {
  id: string;
  workspaceName: string;
  userAgent: string;
  address: string;
  createdAt: number;
  lastUsedAt: number;
  isThis: boolean;
}

/** The sessions of whoever has this one, the last used first. */
export function findOwnSessions(sql: Queries, tokenHash: string): Promise<ListedSession[]> {
  return run(
    sql,
    `select s.id, w.name as "workspaceName", s.user_agent as "userAgent", s.address, s.created_at as "createdAt",
       s.last_used_at as "lastUsedAt", s.token_hash = mine.token_hash as "isThis"
     from sessions mine join sessions s on s.user_id = mine.user_id join workspaces w on w.id = s.workspace_id
     where mine.token_hash = decode($1, 'hex') and s.expires_at > ${now}
     order by s.token_hash = mine.token_hash desc, s.last_used_at desc, s.id`,
    [tokenHash],
  );
}

/** Ends sessions of whoever has this one: that with the id, or all others (null). Answers their tokens' hashes. */
export async function deleteOwnSessions(
  sql: Queries,
  tokenHash: string,
  id: string | null,
): Promise<string[]> {
  const rows = await run<{ tokenHash: string }>(
    sql,
    `delete from sessions s using sessions mine
     where mine.token_hash = decode($1, 'hex') and s.user_id = mine.user_id
       and case when $2::uuid is null then s.token_hash <> mine.token_hash else s.id = $2 end
     returning encode(s.token_hash, 'hex') as "tokenHash"`,
    [tokenHash, id],
  );
  return rows.map((row) => row.tokenHash);
}

/** Ends all sessions of a user. Answers their tokens' hashes. */
export async function deleteSessionsOfUser(sql: Queries, userId: string): Promise<string[]> {
  const rows = await run<{ tokenHash: string }>(
    sql,
    `delete from sessions where user_id = $1 returning encode(token_hash, 'hex') as "tokenHash"`,
    [userId],
  );
  return rows.map((row) => row.tokenHash);
}
