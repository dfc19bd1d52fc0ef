import { type Refusal, refuse } from '@deskbell/contract';
import { newId } from '../platform/ids.ts';
import type { Mail } from '../platform/mail.ts';
import type { Submit } from '../platform/pipeline/submit.ts';
import type { Pool, Queries } from '../platform/store/connect.ts';
import { Guesses, type Origin } from './guesses.ts';
import { Invitations, type Newcomer } from './invitations.ts';
import { insertWholeWorkspace } from './new-workspace.ts';
import { hashPassword, isPassword, NOBODYS_HASH, refusedPassword } from './passwords.ts';
import { Resets } from './resets.ts';
import * as store from './sql.ts';
import { hashToken, newToken } from './tokens.ts';

interface Parts {
  pool: Pool;
  submit: Submit;
  /** A session was ended here; it is named by its token's hash. */
  onEnded(session: string): void;
  /** null: no mail can be sent. */
  mail: Mail | null;
  /** The address that browsers use, where it is configured. */
  publicUrl: string | undefined;
  onTrouble(error: unknown, what: string): void;
}

export interface SignedIn {
  token: string;
  workspaceId: string;
  agentId: string;
  /** What the browser is known by from now on. */
  browser: string;
}

interface Person {
  name: string;
  email: string;
  password: string;
}

/** Sign-in identities and their sessions: plain transactions beside the log. */
export class SignIn {
  readonly invitations: Invitations;
  readonly resets: Resets;
  private readonly parts: Parts;
  private readonly guesses: Guesses;

  constructor(parts: Parts) {
    this.parts = parts;
    this.guesses = new Guesses(parts.pool);
    this.invitations = new Invitations({ ...parts, guesses: this.guesses });
    this.resets = new Resets(parts);
  }

  /** Whether nobody has made a workspace here yet. */
  async isFirstVisit(): Promise<boolean> {
    return !(await store.isAnybodyHere(this.parts.pool));
  }

  /** The first visit: workspace, owner and a web inbox, all or nothing, once. */
  async createWorkspace(
    given: Person & { workspaceName: string } & Origin,
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
    return this.startSession(user.id, made, given);
  }

  /** An unknown address takes as long as a wrong password, and is answered in the same words. */
  async signIn(given: { email: string; password: string } & Origin): Promise<SignedIn | Refusal> {
    const guess = await this.guesses.spend(given.email, given);
    if ('code' in guess) return guess;
    const user = await store.findUser(this.parts.pool, given.email);
    const isRight = await isPassword(given.password, user?.passwordHash ?? NOBODYS_HASH);
    if (!user || !isRight) return refuse('wrong-password');
    await this.guesses.forgive(guess);
    return this.enter(user.id, given);
  }

  /** Sets another password by a link that was mailed; all sessions end, and one begins. */
  async resetPassword(
    given: { token: string; password: string } & Origin,
  ): Promise<SignedIn | Refusal> {
    const found = await this.resets.use(given.token, given.password);
    if ('code' in found) return found;
    this.ended(found.ended);
    await this.guesses.forgiveAll(found.email, given);
    return this.enter(found.userId, given);
  }

  /** Follows an invitation, and is signed in. */
  async accept(given: Newcomer & Origin): Promise<SignedIn | Refusal> {
    const entered = await this.invitations.accept(given, given);
    return 'code' in entered ? entered : this.startSession(entered.userId, entered, given);
  }

  /** The session that a token stands for; null where it has ended, or never was. */
  async findSession(token: string): Promise<store.SessionRow | null> {
    return (await store.findSession(this.parts.pool, hashToken(token))) ?? null;
  }

  /** Those of the sessions, named by their tokens' hashes, that still stand. */
  findStanding(sessions: readonly string[]): Promise<string[]> {
    return store.findStanding(this.parts.pool, sessions);
  }

  /** The sessions of whoever has this one. */
  listSessions(token: string): Promise<store.ListedSession[]> {
    return store.findOwnSessions(this.parts.pool, hashToken(token));
  }

  /** Ends a session of whoever has this one, or all their others (null), and the streams. Answers how many. */
  async endOwn(token: string, id: string | null): Promise<number> {
    return this.ended(await store.deleteOwnSessions(this.parts.pool, hashToken(token), id));
  }

  /** Ends all sessions of an agent in a workspace, and the streams. Answers how many. */
  async endAllOf(of: { workspaceId: string; agentId: string }): Promise<number> {
    const all = { ...of, until: null };
    return this.ended(await store.deleteSessionsOfAgent(this.parts.pool, all));
  }

  /** Ends a session, and the streams that it opened. */
  async signOut(token: string): Promise<void> {
    const session = hashToken(token);
    await store.deleteSession(this.parts.pool, session);
    this.ended([session]);
  }

  /** Begins a session where the user belongs. */
  private async enter(userId: string, from: Origin): Promise<SignedIn | Refusal> {
    await this.invitations.finishEntries(userId);
    const [membership] = await store.findMemberships(this.parts.pool, userId);
    return membership ? this.startSession(userId, membership, from) : refuse('no-workspace');
  }

  private ended(sessions: readonly string[]): number {
    for (const session of sessions) this.parts.onEnded(session);
    return sessions.length;
  }

  private async startSession(
    userId: string,
    { workspaceId, agentId }: store.Membership,
    from: Origin,
  ): Promise<SignedIn> {
    const token = newToken();
    await store.insertSession(this.parts.pool, {
      tokenHash: hashToken(token),
      userId,
      workspaceId,
      userAgent: from.userAgent,
      address: from.address,
    });
    const browser = await this.guesses.remember(userId, from);
    return { token, workspaceId, agentId, browser };
  }
}
