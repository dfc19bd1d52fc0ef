import type { Role } from '@deskbell/contract';
import { words } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';

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

/** Undefined when the address has an account already. */
export async function insertUser(sql: Queries, user: UserRow): Promise<UserRow | undefined> {
  const rows = await run(
    sql,
    `insert into users (id, email, password_hash, created_at) values ($1, $2, $3, ${NOW_MS}) on conflict (email) do nothing returning 1`,
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

export async function findUserOfSession(
  sql: Queries,
  tokenHash: string,
): Promise<UserRow | undefined> {
  const [row] = await run<UserRow>(
    sql,
    `select u.id, u.email, u.password_hash as "passwordHash"
     from sessions s join users u on u.id = s.user_id where s.token_hash = decode($1, 'hex')`,
    [tokenHash],
  );
  return row;
}

/** Until the transaction ends nobody else changes who this is, or begins a session by their password. */
export function lockUser(sql: Queries, userId: string): Promise<unknown> {
  return run(sql, 'select from users where id = $1 for update', [userId]);
}

/**
 * Whatever way it was chosen by: links for a forgotten one lead nowhere from now on. False: it is no longer `from`, the
 * one that was shown.
 */
export async function changePassword(
  sql: Queries,
  changed: { userId: string; passwordHash: string; from?: string },
): Promise<boolean> {
  const rows = await run(
    sql,
    `with changed as (
       update users set password_hash = $2 where id = $1 and ($3::text is null or password_hash = $3) returning id
     ), spent as (
       update password_resets set used_at = ${NOW_MS} where user_id in (select id from changed) and used_at is null
     )
     select from changed`,
    [changed.userId, changed.passwordHash, changed.from ?? null],
  );
  return rows.length > 0;
}

export interface Membership {
  workspaceId: string;
  agentId: string;
}

/** The active memberships of a user: that of the last used workspace, then the first joined first. */
export function findMemberships(
  sql: Queries,
  userId: string,
): Promise<(Membership & { name: string })[]> {
  return run(
    sql,
    `select a.workspace_id as "workspaceId", a.id as "agentId", a.name from agents a join users u on u.id = a.user_id
     where u.id = $1 and a.is_active order by (a.workspace_id = u.last_workspace_id) is true desc, a.id`,
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

/** Begins one. False: the password is no longer the one that was shown, so who did may not come in by it. */
export async function insertSession(
  sql: Queries,
  session: {
    tokenHash: string;
    userId: string;
    workspaceId: string;
    userAgent: string;
    address?: string | undefined;
    passwordHash?: string | undefined;
  },
): Promise<boolean> {
  const rows = await run(
    sql,
    `insert into sessions (token_hash, user_id, workspace_id, created_at, last_used_at, expires_at, user_agent, address)
     select decode($1, 'hex'), u.id, $3, ${NOW_MS}, ${NOW_MS}, ${NOW_MS} + ${SESSION_MS}, $4, $5
     from users u where u.id = $2 and ($6::text is null or u.password_hash = $6) for share
     returning 1`,
    [
      session.tokenHash,
      session.userId,
      session.workspaceId,
      session.userAgent.slice(0, 300),
      session.address ?? '',
      session.passwordHash ?? null,
    ],
  );
  return rows.length > 0;
}

export interface SessionRow {
  tokenHash: string;
  userId: string;
  workspaceId: string;
  agentId: string;
  role: Role;
  /** What decides what they see: as `sightOf` of the contract says. */
  inboxIds: string[];
  teamIds: string[];
  servedInboxIds: string[];
  /** The log's head at that moment. */
  position: number;
}

/** Agent `a` in a workspace that session `s` was not shut out of. */
const belongs = `a.user_id = s.user_id and a.is_active
       and not exists (select from session_ends e where e.token_hash = s.token_hash and e.workspace_id = a.workspace_id)`;

/**
 * The agent whose session this is in a workspace (null: its own), if it is live and they still belong there, with what
 * decides what they may see.
 */
export async function findSession(
  sql: Queries,
  tokenHash: string,
  workspaceId: string | null,
): Promise<SessionRow | undefined> {
  const [row] = await run<SessionRow & { isStale: boolean }>(
    sql,
    `select $1 as "tokenHash", s.user_id as "userId", a.workspace_id as "workspaceId", a.id as "agentId", a.role,
       (select coalesce(jsonb_agg(i.id), '[]') from inboxes i where i.workspace_id = a.workspace_id and i.member_ids ? a.id::text) as "inboxIds",
       coalesce(own.team_ids, '[]') as "teamIds",
       (select coalesce(jsonb_agg(i.id), '[]') from inboxes i where i.workspace_id = a.workspace_id
          and (i.member_ids ? a.id::text or i.team_ids ?| array(select jsonb_array_elements_text(own.team_ids)))) as "servedInboxIds",
       coalesce((select position from log where workspace_id = a.workspace_id order by position desc limit 1),
                (select position from log_floors where workspace_id = a.workspace_id), 0) as position,
       s.last_used_at < ${NOW_MS} - ${TOUCH_MS} as "isStale"
     from sessions s join agents a on a.workspace_id = coalesce($2::uuid, s.workspace_id) and ${belongs}
     cross join lateral (
       select jsonb_agg(t.id) as team_ids from teams t where t.workspace_id = a.workspace_id and t.member_ids ? a.id::text) as own
     where s.token_hash = decode($1, 'hex') and s.expires_at > ${NOW_MS}`,
    [tokenHash, workspaceId],
  );
  if (row?.isStale) await touchSession(sql, tokenHash);
  return row;
}

/** Those of these that have not expired, wherever they stand. */
export async function findLive(sql: Queries, tokenHashes: readonly string[]): Promise<string[]> {
  const rows = await run<{ hash: string }>(
    sql,
    `select encode(token_hash, 'hex') as hash from sessions
     where token_hash in (select decode(hash, 'hex') from unnest($1::text[]) as asked(hash)) and expires_at > ${NOW_MS}`,
    [words(tokenHashes)],
  );
  return rows.map(({ hash }) => hash);
}

/**
 * Whether a session is live, and its user no agent (any more) of a workspace that it was not shut out of, but of another:
 * who belongs nowhere has no session, also in the moment until it is deleted.
 */
export async function isElsewhere(
  sql: Queries,
  tokenHash: string,
  workspaceId: string,
): Promise<boolean> {
  const rows = await run(
    sql,
    `select from sessions s where s.token_hash = decode($1, 'hex') and s.expires_at > ${NOW_MS}
       and not exists (select from agents a where a.workspace_id = $2 and a.user_id = s.user_id and a.is_active)
       and exists (select from agents a where ${belongs})`,
    [tokenHash, workspaceId],
  );
  return rows.length > 0;
}

/** Those of the sessions that still stand in that workspace. They have streams open, so they are in use. */
export async function findStanding(
  sql: Queries,
  stood: readonly { session: string; workspaceId: string }[],
): Promise<{ session: string; workspaceId: string }[]> {
  const asked = words(stood.map(({ session }) => session));
  await run(
    sql,
    `update sessions set last_used_at = ${NOW_MS}, expires_at = ${NOW_MS} + ${SESSION_MS}
     where token_hash in (select decode(hash, 'hex') from unnest($1::text[]) as asked(hash))
       and last_used_at < ${NOW_MS} - ${TOUCH_MS} and expires_at > ${NOW_MS}`,
    [asked],
  );
  return run(
    sql,
    `select asked.hash as session, a.workspace_id as "workspaceId"
     from unnest($1::text[], $2::uuid[]) as asked(hash, workspace_id)
       join sessions s on s.token_hash = decode(asked.hash, 'hex')
       join agents a on a.workspace_id = asked.workspace_id and ${belongs}
     where s.expires_at > ${NOW_MS}`,
    [asked, words(stood.map(({ workspaceId }) => workspaceId))],
  );
}

function touchSession(sql: Queries, tokenHash: string): Promise<unknown> {
  return run(
    sql,
    `update sessions set last_used_at = ${NOW_MS}, expires_at = ${NOW_MS} + ${SESSION_MS} where token_hash = decode($1, 'hex')`,
    [tokenHash],
  );
}

/** A session that was ended, and an agent whose it was: of somebody in several workspaces one row each, of somebody in none null. */
export interface EndedSession {
  tokenHash: string;
  workspaceId: string | null;
  agentId: string | null;
}

/** Each agent once. */
export const agentsOf = (sessions: readonly EndedSession[]) => [
  ...new Map(
    sessions.flatMap(({ workspaceId, agentId }) =>
      workspaceId && agentId ? [[agentId, { workspaceId, agentId }] as const] : [],
    ),
  ).values(),
];

/** Deletes sessions `s`, and answers whose they were. */
const ended = (deletion: string) =>
  `with s as (delete from sessions s ${deletion} returning s.token_hash, s.user_id)
   select encode(s.token_hash, 'hex') as "tokenHash", a.workspace_id as "workspaceId", a.id as "agentId"
   from s left join agents a on ${belongs}`;

export function deleteSession(sql: Queries, tokenHash: string): Promise<EndedSession[]> {
  return run(sql, ended(`where s.token_hash = decode($1, 'hex')`), [tokenHash]);
}

/**
 * Ends an agent's sessions in a workspace: those that began by then, or all (null). What somebody has elsewhere is not
 * this workspace's to end: there the session goes on, and never comes back here. Answers their tokens' hashes.
 */
export async function endSessionsOfAgent(
  sql: Queries,
  of: { workspaceId: string; agentId: string; until: number | null },
): Promise<string[]> {
  const rows = await run<{ tokenHash: string }>(
    sql,
    `with theirs as (
       select s.token_hash, s.workspace_id,
         (select a.workspace_id from agents a where ${belongs} and a.workspace_id <> $1 order by a.id limit 1) as elsewhere
       from sessions s join agents self on self.user_id = s.user_id
       where self.workspace_id = $1 and self.id = $2 and ($3::bigint is null or s.created_at <= $3)
         and not exists (select from session_ends e where e.token_hash = s.token_hash and e.workspace_id = $1)
     ), over as (
       delete from sessions s using theirs t where s.token_hash = t.token_hash and t.elsewhere is null
     ), moved as (
       update sessions s set workspace_id = t.elsewhere from theirs t
       where s.token_hash = t.token_hash and t.elsewhere is not null and s.workspace_id = $1
     ), shut_out as (
       insert into session_ends (token_hash, workspace_id)
       select token_hash, $1 from theirs where elsewhere is not null on conflict do nothing
     )
     select encode(token_hash, 'hex') as "tokenHash" from theirs`,
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

/** So many are listed: more are a program's, and are ended together. */
const LISTED = 200;

/** The sessions of whoever has this one, the last used first. */
export function findOwnSessions(sql: Queries, tokenHash: string): Promise<ListedSession[]> {
  return run(
    sql,
    `select s.id, w.name as "workspaceName", s.user_agent as "userAgent", s.address, s.created_at as "createdAt",
       s.last_used_at as "lastUsedAt", s.token_hash = mine.token_hash as "isThis"
     from sessions mine join sessions s on s.user_id = mine.user_id join workspaces w on w.id = s.workspace_id
     where mine.token_hash = decode($1, 'hex') and s.expires_at > ${NOW_MS}
     order by s.token_hash = mine.token_hash desc, s.last_used_at desc, s.id limit ${LISTED}`,
    [tokenHash],
  );
}

/** Ends sessions of whoever has this one: that with the id, or all others (null). */
export function deleteOwnSessions(
  sql: Queries,
  tokenHash: string,
  id: string | null,
): Promise<EndedSession[]> {
  return run(
    sql,
    ended(`using sessions mine where mine.token_hash = decode($1, 'hex') and s.user_id = mine.user_id
       and case when $2::uuid is null then s.token_hash <> mine.token_hash else s.id = $2 end`),
    [tokenHash, id],
  );
}

/** Ends all sessions of a user. */
export function deleteSessionsOfUser(sql: Queries, userId: string): Promise<EndedSession[]> {
  return run(sql, ended('where s.user_id = $1'), [userId]);
}
