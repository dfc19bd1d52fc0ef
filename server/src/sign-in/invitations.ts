import {
  type AuditKind,
  type ErrorCode,
  errors,
  type Refusal,
  type Role,
  refuse,
} from '@deskbell/contract';
import { loadInboxes } from '../inboxes/index.ts';
import { differences } from '../platform/audit/audit.ts';
import { writeAudit } from '../platform/audit/sql.ts';
import { newId } from '../platform/ids.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Submit } from '../platform/pipeline/submit.ts';
import type { Pool, Queries } from '../platform/store/connect.ts';
import type { Guesses, Origin } from './guesses.ts';
import * as store from './invitations.sql.ts';
import { hashPassword, isPassword, refusedPassword } from './passwords.ts';
import { findMembership, findUser, insertUser, type Membership } from './sql.ts';
import { hashToken, newToken } from './tokens.ts';
import type { Identity } from './workspaces.sql.ts';

const DAY_MS = 24 * 3600 * 1000;

/** For how many days an invitation can be given. */
export const INVITATION_DAYS = [1, 7, 30] as const;

/** Why one can't be used, for whoever comes by it. */
export const invitationRefusals = [
  'invitation-spent',
  'invitation-used',
  'invitation-expired',
  'invitation-withdrawn',
] as const satisfies ErrorCode[];

export interface Invite {
  workspaceId: string;
  by: string;
  email: string | null;
  role: Role;
  /** Which inboxes the newcomer will serve; absent or null: all. */
  inboxIds?: readonly string[] | null | undefined;
  days?: (typeof INVITATION_DAYS)[number] | undefined;
}

/** One that nobody has used, and the agent who does something with it. */
interface Pending {
  workspaceId: string;
  id: string;
  by: string;
}

export interface Made {
  id: string;
  token: string;
  expiresAt: number;
}

/** Who wants to come in by an invitation. */
export interface Newcomer {
  token: string;
  name: string;
  email: string;
  password: string;
}

interface Parts {
  pool: Pool;
  submit: Submit;
  guesses: Guesses;
  /** The audit log of this workspace has another entry. */
  onAudited(workspaceId: string): void;
}

type Entered = Membership & { userId: string };

/** Links by which somebody enters a workspace, once. Stored are only the hashes of their tokens. */
export class Invitations {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async invite({ workspaceId, by, email, role, inboxIds = null, days = 7 }: Invite): Promise<Made> {
    const [id, token] = [newId(Date.now()), newToken()];
    const expiresAt = await this.written({ workspaceId, by }, 'invitation.made', async (sql) => ({
      ...{ id, email, role },
      expiresAt: await store.insertInvitation(sql, {
        ...{ id, workspaceId, email, role, inboxIds },
        tokenHash: hashToken(token),
        createdBy: by,
        agentId: newId(Date.now()),
        forMs: days * DAY_MS,
      }),
    }));
    return { id, token, expiresAt: expiresAt ?? 0 };
  }

  /** Those that nobody has used yet. */
  pending(workspaceId: string): Promise<store.PendingInvitation[]> {
    return store.findPending(this.parts.pool, workspaceId);
  }

  /** Another link for a pending one; the one before leads nowhere any more. */
  async renew({ id, ...who }: Pending): Promise<Made | Refusal> {
    const token = newToken();
    const of = { id, workspaceId: who.workspaceId, tokenHash: hashToken(token) };
    const renew = (sql: Queries) => store.renewInvitation(sql, of);
    const expiresAt = await this.written(who, 'invitation.renewed', renew);
    return expiresAt === null ? refuse('not-found') : { id, token, expiresAt };
  }

  async withdraw({ id, ...who }: Pending): Promise<Refusal | null> {
    const of = { id, workspaceId: who.workspaceId };
    const withdraw = (sql: Queries) => store.withdrawInvitation(sql, of);
    return (await this.written(who, 'invitation.withdrawn', withdraw)) === null
      ? refuse('not-found')
      : null;
  }

  /** What was done with an invitation, and who did it: both or neither. Answers until when it is good; null where there was none. */
  private async written(
    { workspaceId, by }: Pick<Pending, 'workspaceId' | 'by'>,
    what: AuditKind,
    act: (sql: Queries) => Promise<store.Touched | undefined>,
  ): Promise<number | null> {
    const expiresAt = await this.parts.pool.begin(async (transaction) => {
      const sql = transaction as unknown as Queries;
      const touched = await act(sql);
      if (!touched) return null;
      const { id, email, role } = touched;
      const subject = { id, name: email ?? '' };
      const note = { what, subject, changes: differences({}, { role }) };
      await writeAudit(sql, workspaceId, { actor: { kind: 'agent', id: by }, note });
      return touched.expiresAt;
    });
    if (expiresAt !== null) this.parts.onAudited(workspaceId);
    return expiresAt as number | null;
  }

  /** What a token is for, as long as it can be used; else why it can't. */
  async find(token: string): Promise<store.InvitationRow | Refusal> {
    const row = await store.findInvitation(this.parts.pool, hashToken(token));
    return refusedInvitation(row) ?? row ?? refuse('invitation-spent');
  }

  /** Follows an invitation: a new account, or an existing one whose password fits. Done again by the same person after an interruption, it is completed. */
  async accept(given: Newcomer, from: Origin): Promise<Entered | Refusal> {
    const { pool } = this.parts;
    const [invitation, known] = await Promise.all([
      store.findInvitation(pool, hashToken(given.token)),
      findUser(pool, given.email),
    ]);
    if (!invitation) return refuse('invitation-spent');
    const isOwn = known !== undefined && invitation.usedBy === known.id && !invitation.isEntered;
    const refused = isOwn ? null : await this.refused(given, invitation, known?.id);
    if (refused) return refused;
    const wrong = known
      ? await this.refusedKnown(given, from, known.passwordHash)
      : refusedPassword(given);
    if (wrong) return wrong;
    const userId = isOwn ? known.id : await this.spend(given, known?.id);
    return typeof userId === 'string' ? this.entered(userId, invitation.workspaceId) : userId;
  }

  /** Follows an invitation as somebody who has shown already who they are. */
  async join(token: string, who: Identity): Promise<Entered | Refusal> {
    const invitation = await store.findInvitation(this.parts.pool, hashToken(token));
    if (!invitation) return refuse('invitation-spent');
    const { userId, email, name } = who;
    const isOwn = invitation.usedBy === userId && !invitation.isEntered;
    const refused = isOwn ? null : await this.refused(who, invitation, userId);
    if (refused) return refused;
    const spent = isOwn ? userId : await this.spend({ token, name, email, password: '' }, userId);
    return typeof spent === 'string' ? this.entered(userId, invitation.workspaceId) : spent;
  }

  private async entered(userId: string, workspaceId: string): Promise<Entered | Refusal> {
    await this.finishEntries(userId);
    const membership = await findMembership(this.parts.pool, { userId, workspaceId });
    if (!membership?.isActive) return refuse('unavailable', 'Sign in once more in a moment');
    return { ...membership, userId };
  }

  /**
   * Makes agents of those who used an invitation; also of those whom a stopped server left halfway.
   * `userId` null: of everybody. Doing it twice, or on two servers at once, does it once.
   */
  async finishEntries(userId: string | null): Promise<void> {
    const { pool } = this.parts;
    for (const entry of await store.findUnfinishedEntries(pool, userId))
      if (await this.enter(entry)) await store.finishEntry(pool, entry.invitationId);
  }

  private async refused(
    { email }: Pick<Newcomer, 'email'>,
    invitation: store.InvitationRow,
    userId: string | undefined,
  ): Promise<Refusal | null> {
    const refused = refusedInvitation(invitation);
    if (refused) return refused;
    if (invitation.email !== null && invitation.email !== email)
      return refuse('invitation-not-yours', `The invitation is for ${invitation.email}`, {
        field: 'email',
      });
    const { workspaceId } = invitation;
    const member = userId && (await findMembership(this.parts.pool, { userId, workspaceId }));
    if (!member) return null;
    return member.isActive
      ? refuse('already-exists', 'You belong to this workspace already; just sign in')
      : refuse('deactivated');
  }

  private async refusedKnown(
    { email, password }: Newcomer,
    from: Origin,
    passwordHash: string,
  ): Promise<Refusal | null> {
    const { guesses } = this.parts;
    const guess = await guesses.spend(email, from);
    if ('code' in guess) return guess;
    if (await isPassword(password, passwordHash)) {
      await guesses.forgive(guess);
      return null;
    }
    return refuse('wrong-password', 'This address has an account already; enter its password', {
      field: 'password',
    });
  }

  /** Uses it up, with a new account where there is none: both or nothing. Answers whose it is now. */
  private async spend(given: Newcomer, knownId: string | undefined): Promise<string | Refusal> {
    const tokenHash = hashToken(given.token);
    const { name, email } = given;
    const userId = knownId ?? newId(Date.now());
    const passwordHash = knownId ? '' : await hashPassword(given.password);
    const refused = await this.parts.pool.begin(async (transaction) => {
      const sql = transaction as unknown as Queries;
      const row = await store.findInvitation(sql, tokenHash, 'lock');
      const late = row ? refusedInvitation(row) : refuse('invitation-spent');
      if (late) return late;
      if (!knownId && !(await insertUser(sql, { id: userId, email, passwordHash })))
        return refuse('wrong-password', 'This address has an account since a moment', {
          field: 'password',
        });
      await store.spendInvitation(sql, { tokenHash, userId, name });
      return null;
    });
    return (refused as Refusal | null) ?? userId;
  }

  /** Whether all of it is done: what is refused for good is, what is to be tried again isn't. */
  private async enter(entry: store.Entry): Promise<boolean> {
    const { workspaceId, agentId, userId, name, email, role } = entry;
    const send = async (kind: string, input: object) => {
      const clientId = newId(Date.now());
      const result = await this.parts.submit({ workspaceId, actor: SYSTEM, kind, input, clientId });
      return !('code' in result && errors[result.code].retry);
    };
    if (!(await send('agent.add', { agentId, userId, name, email, role }))) return false;
    const all = await loadInboxes(this.parts.pool, workspaceId);
    for (const inbox of all)
      if (entry.inboxIds?.includes(inbox.id) ?? true)
        if (!(await send('inbox.add-member', { inboxId: inbox.id, agentId }))) return false;
    return true;
  }
}

function refusedInvitation(row: store.InvitationRow | undefined): Refusal | null {
  if (row?.isWithdrawn) return refuse('invitation-withdrawn');
  if (row?.usedBy) return refuse('invitation-used');
  return row?.isExpired ? refuse('invitation-expired') : null;
}
