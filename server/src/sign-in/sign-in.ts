import { randomUUID } from 'node:crypto';
import { type CommandKind, type Refusal, refuse } from '@deskbell/contract';
import type { Named } from '../platform/audit/audit.ts';
import { writeAudit } from '../platform/audit/sql.ts';
import { newId } from '../platform/ids.ts';
import type { Mail } from '../platform/mail.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Submit } from '../platform/pipeline/submit.ts';
import type { Pool, Queries } from '../platform/store/connect.ts';
import { Guesses, type Origin } from './guesses.ts';
import { Invitations, type Newcomer } from './invitations.ts';
import { insertWholeWorkspace } from './new-workspace.ts';
import { hashPassword, isPassword, NOBODYS_HASH, refusedPassword } from './passwords.ts';
import { Resets } from './resets.ts';
import * as store from './sql.ts';
import { hashToken, newToken } from './tokens.ts';
import { findIdentity, keepLastUsed } from './workspaces.sql.ts';
import { type NewWorkspaces, Workspaces } from './workspaces.ts';

interface Parts {
  pool: Pool;
  submit: Submit;
  /** A session was ended here, in one workspace or (null) everywhere; it is named by its token's hash. */
  onEnded(ended: { session: string; workspaceId: string | null }): void;
  /** The audit log of this workspace has an entry that no event tells of. */
  onAudited(workspaceId: string): void;
  /** null: no mail can be sent. */
  mail: Mail | null;
  /** The address that browsers use, where it is configured. */
  publicUrl: string | undefined;
  newWorkspaces: NewWorkspaces;
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
  readonly workspaces: Workspaces;
  private readonly parts: Parts;
  private readonly guesses: Guesses;

  constructor(parts: Parts) {
    this.parts = parts;
    this.guesses = new Guesses(parts.pool);
    this.invitations = new Invitations({ ...parts, guesses: this.guesses });
    this.resets = new Resets(parts);
    this.workspaces = new Workspaces(parts);
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
      const { workspaceName } = given;
      return insertWholeWorkspace(sql, { workspaceName, owner, availability: 'online' });
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
    return this.enter(user.id, given, user.passwordHash);
  }

  /** Sets another password by a link that was mailed; all sessions end, and one begins. */
  async resetPassword(
    given: { token: string; password: string } & Origin,
  ): Promise<SignedIn | Refusal> {
    const found = await this.resets.use(given.token, given.password);
    if ('code' in found) return found;
    await this.ended(found.ended);
    await this.guesses.forgiveAll(found.email, given);
    return this.enter(found.userId, given);
  }

  /** Follows an invitation, and is signed in. */
  async accept(given: Newcomer & Origin): Promise<SignedIn | Refusal> {
    const entered = await this.invitations.accept(given, given);
    return 'code' in entered ? entered : this.startSession(entered.userId, entered, given);
  }

  /** Enters a further workspace by an invitation, as who is signed in. */
  async join(token: string, agent: { workspaceId: string; agentId: string }) {
    const identity = await findIdentity(this.parts.pool, agent);
    return identity ? this.invitations.join(token, identity) : refuse('session-ended');
  }

  /** The session that a token stands for, in the workspace that is named, else in its own. */
  async findSession(
    token: string,
    workspaceId: string | null = null,
  ): Promise<store.SessionRow | Refusal> {
    const { pool } = this.parts;
    const tokenHash = hashToken(token);
    const found = await store.findSession(pool, tokenHash, workspaceId);
    if (found) return found;
    const isElsewhere = workspaceId && (await store.isElsewhere(pool, tokenHash, workspaceId));
    return refuse(isElsewhere ? 'not-a-member' : 'session-ended');
  }

  /** Those of the sessions, named by their tokens' hashes, that have not expired. */
  findLive(tokenHashes: readonly string[]): Promise<string[]> {
    return store.findLive(this.parts.pool, tokenHashes);
  }

  /** Those of the sessions, named by their tokens' hashes, that still stand in those workspaces. */
  findStanding(stood: Parameters<typeof store.findStanding>[1]) {
    return store.findStanding(this.parts.pool, stood);
  }

  /** The sessions of whoever has this one. */
  listSessions(token: string): Promise<store.ListedSession[]> {
    return store.findOwnSessions(this.parts.pool, hashToken(token));
  }

  /** Ends a session of whoever has this one, or all their others (null), and the streams. Answers how many. */
  async endOwn(token: string, id: string | null): Promise<number> {
    return this.ended(await store.deleteOwnSessions(this.parts.pool, hashToken(token), id));
  }

  /** Another password for whoever has this session. Answers how many other sessions were ended, where that was wished. */
  async changePassword(
    token: string,
    given: { present: string; password: string; endsOthers: boolean } & Origin,
  ): Promise<{ ended: number } | Refusal> {
    const user = await store.findUserOfSession(this.parts.pool, hashToken(token));
    if (!user) return refuse('session-ended');
    const guess = await this.guesses.spend(user.email, given);
    if ('code' in guess) return guess;
    if (!(await isPassword(given.present, user.passwordHash)))
      return refuse('wrong-password', 'This is not your present password', { field: 'present' });
    await this.guesses.forgive(guess);
    const weak = refusedPassword({ password: given.password, email: user.email });
    if (weak) return weak;
    const passwordHash = await hashPassword(given.password);
    const changed = { userId: user.id, passwordHash, from: user.passwordHash };
    // Replaced meanwhile: this session has ended with the old one, or whoever replaced it was quicker.
    if (!(await store.changePassword(this.parts.pool, changed)))
      return refuse('wrong-password', 'This is not your present password', { field: 'present' });
    return { ended: given.endsOthers ? await this.endOwn(token, null) : 0 };
  }

  /** Ends all sessions of an agent in a workspace, and the streams, for an admin (`by`). Answers how many. */
  async endAllOf(of: { workspaceId: string; agent: Named; by: string }): Promise<number> {
    const { workspaceId, agent, by } = of;
    const agentId = agent.id;
    const ended = (await this.parts.pool.begin(async (transaction) => {
      const sql = transaction as unknown as Queries;
      const sessions = await store.endSessionsOfAgent(sql, { workspaceId, agentId, until: null });
      if (sessions.length > 0)
        await writeAudit(sql, workspaceId, {
          actor: { kind: 'agent', id: by },
          note: { what: 'agent.signed-out', subject: { id: agentId, name: agent.name } },
        });
      return sessions;
    })) as string[];
    if (ended.length === 0) return 0;
    for (const session of ended) this.parts.onEnded({ session, workspaceId });
    this.parts.onAudited(workspaceId);
    await this.tell(workspaceId, 'agent.sign-out', { agentId });
    return ended.length;
  }

  /** Ends a session, and the streams that it opened. `conversations`: what becomes of the open ones of who goes offline by it. */
  async signOut(token: string, conversations?: 'keep' | 'queue'): Promise<void> {
    const session = hashToken(token);
    const ended = await store.deleteSession(this.parts.pool, session);
    // Its streams may stand though it has expired.
    this.parts.onEnded({ session, workspaceId: null });
    await this.ended(ended, conversations);
  }

  /** From now on this session comes in there where nobody says which; and the switch there is as it was left. */
  async comeIn(token: string, { workspaceId, agentId }: store.Membership): Promise<null> {
    await this.workspaces.keepLastUsed(token, workspaceId);
    await this.tell(workspaceId, 'agent.sign-in', { agentId });
    return null;
  }

  /**
   * Begins a session where the user belongs: in the workspace that they want, else where they were last. `passwordHash`: of
   * the password by which they come, if they do.
   */
  private async enter(
    userId: string,
    from: Origin,
    passwordHash?: string,
  ): Promise<SignedIn | Refusal> {
    await this.invitations.finishEntries(userId);
    const all = await store.findMemberships(this.parts.pool, userId);
    const membership = all.find(({ workspaceId }) => workspaceId === from.workspaceId) ?? all[0];
    if (!membership) return refuse('no-workspace');
    return this.startSession(userId, membership, { ...from, passwordHash });
  }

  /** who has no desk left now is offline at once, wherever they belong. Answers how many sessions it were. */
  private async ended(
    sessions: readonly store.EndedSession[],
    conversations?: 'keep' | 'queue',
  ): Promise<number> {
    const ended = new Set(sessions.map(({ tokenHash }) => tokenHash));
    for (const session of ended) this.parts.onEnded({ session, workspaceId: null });
    for (const { workspaceId, agentId } of store.agentsOf(sessions))
      await this.tell(workspaceId, 'agent.sign-out', { agentId, conversations });
    return ended.size;
  }

  /** Nobody is kept from signing in or out by it: unheard, the switch stays, and the grace ends it. */
  private async tell(workspaceId: string, kind: CommandKind, input: object): Promise<void> {
    const { submit, onTrouble } = this.parts;
    const clientId = randomUUID();
    const result = await submit({ workspaceId, actor: SYSTEM, kind, input, clientId });
    if ('code' in result) onTrouble(new Error(result.detail), kind);
  }

  private async startSession(
    userId: string,
    { workspaceId, agentId }: store.Membership,
    from: Origin & { passwordHash?: string | undefined },
  ): Promise<SignedIn | Refusal> {
    const token = newToken();
    const tokenHash = hashToken(token);
    const { userAgent, address, passwordHash } = from;
    const isBegun = await store.insertSession(this.parts.pool, {
      ...{ tokenHash, userId, workspaceId, userAgent, address, passwordHash },
    });
    if (!isBegun) return refuse('wrong-password');
    await keepLastUsed(this.parts.pool, { tokenHash, workspaceId });
    await this.tell(workspaceId, 'agent.sign-in', { agentId });
    const browser = await this.guesses.remember(userId, from);
    return { token, workspaceId, agentId, browser };
  }
}
