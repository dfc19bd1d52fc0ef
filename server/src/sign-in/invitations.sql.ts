import type { Role } from '@deskbell/contract';
import { type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';

/** One that has expired stands in the list so long, to be renewed or withdrawn, in ms. */
const SHOWN_MS = 30 * 24 * 3600 * 1000;

export interface InvitationRow {
  id: string;
  workspaceId: string;
  workspaceName: string;
  email: string | null;
  role: Role;
  expiresAt: number;
  isExpired: boolean;
  isWithdrawn: boolean;
  /** The user who used it. */
  usedBy: string | null;
  /** Whoever used it has become an agent. */
  isEntered: boolean;
}

export interface NewInvitation {
  id: string;
  tokenHash: string;
  workspaceId: string;
  email: string | null;
  role: Role;
  /** null: every inbox there is when it is used. */
  inboxIds: readonly string[] | null;
  createdBy: string;
  /** Fixed before anybody uses it, so that an interrupted entry can be completed. */
  agentId: string;
  forMs: number;
}

export async function insertInvitation(sql: Queries, given: NewInvitation): Promise<number> {
  const [row] = await run<{ expiresAt: number }>(
    sql,
    `insert into invitations (id, token_hash, workspace_id, email, role, inbox_ids, created_by, created_at, expires_at, agent_id)
     select $1, decode($2, 'hex'), $3, $4, $5, $6::text::jsonb, $7, clock.now, clock.now + $8::bigint, $9
     from (select ${NOW_MS} as now) as clock returning expires_at as "expiresAt"`,
    [
      given.id,
      given.tokenHash,
      given.workspaceId,
      given.email,
      given.role,
      given.inboxIds === null ? null : JSON.stringify(given.inboxIds),
      given.createdBy,
      given.forMs,
      given.agentId,
    ],
  );
  return row?.expiresAt ?? 0;
}

/** An invitation by its token, whatever became of it. `lock`: nobody else uses it until the transaction ends. */
export async function findInvitation(
  sql: Queries,
  tokenHash: string,
  lock?: 'lock',
): Promise<InvitationRow | undefined> {
  const [row] = await run<InvitationRow>(
    sql,
    `select i.id, i.workspace_id as "workspaceId", w.name as "workspaceName", i.email, i.role, i.expires_at as "expiresAt",
       i.expires_at <= ${NOW_MS} as "isExpired", i.withdrawn_at is not null as "isWithdrawn", i.used_by as "usedBy",
       i.entered_at is not null as "isEntered"
     from invitations i join workspaces w on w.id = i.workspace_id
     where i.token_hash = decode($1, 'hex') ${lock ? 'for update of i' : ''}`,
    [tokenHash],
  );
  return row;
}

export interface PendingInvitation {
  id: string;
  email: string | null;
  role: Role;
  inboxIds: string[] | null;
  createdBy: string;
  createdAt: number;
  expiresAt: number;
  isExpired: boolean;
}

/** Those that nobody has used or withdrawn, the newest first. */
export function findPending(sql: Queries, workspaceId: string): Promise<PendingInvitation[]> {
  return run(
    sql,
    `select id, email, role, inbox_ids as "inboxIds", created_by as "createdBy", created_at as "createdAt", expires_at as "expiresAt",
       expires_at <= ${NOW_MS} as "isExpired"
     from invitations
     where workspace_id = $1 and used_at is null and withdrawn_at is null and expires_at > ${NOW_MS} - ${SHOWN_MS}
     order by created_at desc, id`,
    [workspaceId],
  );
}

/** An invitation that something was done with. */
export type Touched = Pick<InvitationRow, 'id' | 'email' | 'role' | 'expiresAt'>;

const touched = `returning id, email, role, expires_at as "expiresAt"`;

/** Gives a pending invitation another token and its whole time again. Undefined where it is pending no longer. */
export async function renewInvitation(
  sql: Queries,
  of: { workspaceId: string; id: string; tokenHash: string },
): Promise<Touched | undefined> {
  const [row] = await run<Touched>(
    sql,
    `update invitations set token_hash = decode($3, 'hex'), created_at = clock.now, expires_at = clock.now + (expires_at - created_at)
     from (select ${NOW_MS} as now) as clock
     where workspace_id = $1 and id = $2 and used_at is null and withdrawn_at is null ${touched}`,
    [of.workspaceId, of.id, of.tokenHash],
  );
  return row;
}

/** Undefined where it is pending no longer. */
export async function withdrawInvitation(
  sql: Queries,
  of: { workspaceId: string; id: string },
): Promise<Touched | undefined> {
  const [row] = await run<Touched>(
    sql,
    `update invitations set withdrawn_at = ${NOW_MS}
     where workspace_id = $1 and id = $2 and used_at is null and withdrawn_at is null ${touched}`,
    [of.workspaceId, of.id],
  );
  return row;
}

export function spendInvitation(
  sql: Queries,
  spent: { tokenHash: string; userId: string; name: string },
): Promise<unknown> {
  return run(
    sql,
    `update invitations set used_at = ${NOW_MS}, used_by = $2, name = $3 where token_hash = decode($1, 'hex')`,
    [spent.tokenHash, spent.userId, spent.name],
  );
}

export interface Entry {
  invitationId: string;
  workspaceId: string;
  userId: string;
  agentId: string;
  role: Role;
  inboxIds: string[] | null;
  name: string;
  email: string;
}

/** Invitations that were used without their user having quite entered: the server was stopped between. `userId` null: of everybody. */
export function findUnfinishedEntries(sql: Queries, userId: string | null): Promise<Entry[]> {
  return run(
    sql,
    `select i.id as "invitationId", i.workspace_id as "workspaceId", i.used_by as "userId", i.agent_id as "agentId", i.role,
       i.inbox_ids as "inboxIds", i.name, u.email
     from invitations i join users u on u.id = i.used_by
     where i.used_at is not null and i.entered_at is null and ($1::uuid is null or i.used_by = $1)`,
    [userId],
  );
}

export function finishEntry(sql: Queries, invitationId: string): Promise<unknown> {
  return run(sql, `update invitations set entered_at = ${NOW_MS} where id = $1`, [invitationId]);
}
