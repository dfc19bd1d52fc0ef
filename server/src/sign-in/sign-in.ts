import { type Refusal, type Role, refuse } from '@deskbell/contract';
import { loadInboxes } from '../inboxes/index.ts';
import { Allowance } from '../platform/http/allowance.ts';
import { newId } from '../platform/ids.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Submit } from '../platform/pipeline/submit.ts';
import type { Pool, Queries } from '../platform/store/connect.ts';
import { insertWholeWorkspace } from './new-workspace.ts';
import { ENOUGH, hashPassword, isPassword, NOBODYS_HASH, strengthOf } from './passwords.ts';
import * as store from './sql.ts';
import { hashToken, newToken } from './tokens.ts';

/** How long an invitation can be used, in ms. */
const INVITATION_MS = 7 * 24 * 3600 * 1000;

/** Wrong passwords for one address, wherever they come from; a right one isn't counted. */
const GUESSES = { burst: 10, perMs: 15 * 60 * 1000 };

interface Parts {
  pool: Pool;
  submit: Submit;
  /** A session was ended here; it is named by its token's hash. */
  onEnded(session: string): void;
}

export interface SignedIn {
  token: string;
  workspaceId: string;
  agentId: string;
}

interface Person {
  name: string;
  email: string;
  password: string;
}

/** Sign-in identities, sessions and invitations: plain transactions beside the log. */
export class SignIn {
  private readonly parts: Parts;
  private readonly guesses = new Allowance(GUESSES);

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Whether nobody has made a workspace here yet. */
  async isFirstVisit(): Promise<boolean> {
    return !(await store.isAnybodyHere(this.parts.pool));
  }

  /** The first visit: workspace, owner and a web inbox, all or nothing, once. */
  async createWorkspace(
    given: Person & { workspaceName: string; userAgent: string },
  ): Promise<SignedIn | Refusal> {
    const weak = refusedPassword(given);
    if (weak) return weak;
    const passwordHash = await hashPassword(given.password);
    const user = { id: newId(Date.now()), email: given.email, passwordHash };
    const made = await this.parts.pool.begin(async (transaction) => {
      const sql = transaction as unknown as Queries;
      await store.lockFirstVisit(sql);
      if (await store.isAnybodyHere(sql)) return null;
      await store.insertUser(sql, user);
      const owner = { userId: user.id, name: given.name, email: given.email };
      return insertWholeWorkspace(sql, { workspaceName: given.workspaceName, owner });
    });
    if (!made)
      return refuse(
        'already-exists',
        'There is a workspace here already; ask its owner for an invitation',
      );
    return this.startSession(user.id, { ...made, userAgent: given.userAgent });
  }

  /** An unknown address takes as long as a wrong password, and is answered in the same words. */
  async signIn(given: {
    email: string;
    password: string;
    userAgent: string;
  }): Promise<SignedIn | Refusal> {
    // Taken before the password is looked at, so that guesses sent at once count too.
    const waitMs = this.guesses.spend(given.email, performance.now());
    if (waitMs > 0) return tooManyGuesses(waitMs);
    const user = await store.findUser(this.parts.pool, given.email);
    const isRight = await isPassword(given.password, user?.passwordHash ?? NOBODYS_HASH);
    if (!user || !isRight) return refuse('wrong-password');
    this.guesses.refund(given.email, performance.now());
    await this.finishEntries(user.id);
    const [membership] = await store.findMemberships(this.parts.pool, user.id);
    if (!membership) return refuse('no-workspace');
    return this.startSession(user.id, { ...membership, userAgent: given.userAgent });
  }

  /** The session that a token stands for; null where it has ended, or never was. */
  async findSession(token: string): Promise<store.SessionRow | null> {
    return (await store.findSession(this.parts.pool, hashToken(token))) ?? null;
  }

  /** Those of the sessions, named by their tokens' hashes, that still stand. */
  findStanding(sessions: readonly string[]): Promise<string[]> {
    return store.findStanding(this.parts.pool, sessions);
  }

  /** Ends a session, and the streams that it opened. */
  async signOut(token: string): Promise<void> {
    const session = hashToken(token);
    await store.deleteSession(this.parts.pool, session);
    this.parts.onEnded(session);
  }

  async invite(given: {
    workspaceId: string;
    by: string;
    email: string | null;
    role: Role;
  }): Promise<{ token: string; expiresAt: number }> {
    const token = newToken();
    const [row] = await store.insertInvitation(this.parts.pool, {
      tokenHash: hashToken(token),
      workspaceId: given.workspaceId,
      email: given.email,
      role: given.role,
      createdBy: given.by,
      agentId: newId(Date.now()),
      forMs: INVITATION_MS,
    });
    return { token, expiresAt: row?.expiresAt ?? 0 };
  }

  async findInvitation(token: string): Promise<store.InvitationRow | undefined> {
    return store.findInvitation(this.parts.pool, hashToken(token));
  }

  /** Follows an invitation: a new account, or an existing one whose password fits. */
  async accept(given: Person & { token: string; userAgent: string }): Promise<SignedIn | Refusal> {
    const { pool } = this.parts;
    const tokenHash = hashToken(given.token);
    const invitation = await store.findInvitation(pool, tokenHash);
    if (!invitation) return refuse('invitation-spent');
    if (invitation.email !== null && invitation.email !== given.email)
      return refuse('forbidden', `The invitation is for ${invitation.email}`, { field: 'email' });
    const known = await store.findUser(pool, given.email);
    const refused = known ? await refusedKnown(given, known) : refusedPassword(given);
    if (refused) return refused;
    if (known && (await this.findMembership(known.id, invitation.workspaceId)))
      return refuse('already-exists', 'You belong to this workspace already; just sign in');
    const user = known ?? {
      id: newId(Date.now()),
      email: given.email,
      passwordHash: await hashPassword(given.password),
    };
    const isSpent = await pool.begin(async (transaction) => {
      const sql = transaction as unknown as Queries;
      if (!(await store.findInvitation(sql, tokenHash, 'lock'))) return false;
      if (!known && !(await store.insertUser(sql, user))) return false;
      await store.spendInvitation(sql, { tokenHash, userId: user.id, name: given.name });
      return true;
    });
    if (!isSpent) return refuse('invitation-spent');
    await this.finishEntries(user.id);
    const membership = await this.findMembership(user.id, invitation.workspaceId);
    if (!membership) return refuse('unavailable', 'Sign in once more in a moment');
    return this.startSession(user.id, { ...membership, userAgent: given.userAgent });
  }

  private async findMembership(
    userId: string,
    workspaceId: string,
  ): Promise<store.Membership | undefined> {
    const all = await store.findMemberships(this.parts.pool, userId);
    return all.find((membership) => membership.workspaceId === workspaceId);
  }

  /** Makes agents of a user's spent invitations; also those that a stopped server left unfinished. */
  private async finishEntries(userId: string): Promise<void> {
    const { pool, submit } = this.parts;
    for (const entry of await store.findUnfinishedEntries(pool, userId)) {
      const { workspaceId, agentId } = entry;
      const send = (kind: string, input: object) =>
        submit({ workspaceId, actor: SYSTEM, kind, input, clientId: newId(Date.now()) });
      await send('agent.add', {
        agentId,
        userId,
        name: entry.name,
        email: entry.email,
        role: entry.role,
      });
      for (const inbox of await loadInboxes(pool, workspaceId))
        await send('inbox.add-member', { inboxId: inbox.id, agentId });
    }
  }

  private async startSession(
    userId: string,
    at: { workspaceId: string; agentId: string; userAgent: string },
  ): Promise<SignedIn> {
    const token = newToken();
    await store.insertSession(this.parts.pool, {
      tokenHash: hashToken(token),
      userId,
      workspaceId: at.workspaceId,
      userAgent: at.userAgent,
    });
    return { token, workspaceId: at.workspaceId, agentId: at.agentId };
  }
}

function tooManyGuesses(retryAfterMs: number): Refusal & { retryAfterMs: number } {
  const refused = refuse('too-many', 'Too many wrong passwords for this address; wait a little');
  return { ...refused, retryAfterMs };
}

function refusedPassword({ password, email, name }: Person): Refusal | null {
  if (strengthOf(password, [email, name]) >= ENOUGH) return null;
  return refuse(
    'weak-password',
    'This password could be guessed; four or five unrelated words make a good one',
    { field: 'password' },
  );
}

async function refusedKnown({ password }: Person, known: store.UserRow): Promise<Refusal | null> {
  if (await isPassword(password, known.passwordHash)) return null;
  return refuse('wrong-password', 'This address has an account already; enter its password', {
    field: 'password',
  });
}
