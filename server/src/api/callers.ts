import { type Refusal, refuse } from '@deskbell/contract';
import { findInboxByKey, findInboxKeys } from '../inboxes/index.ts';
import { WrongTokens } from '../platform/http/wrong-tokens.ts';
import type { Pool } from '../platform/store/connect.ts';
import { hashToken, type SessionRow, type SignIn } from '../sign-in/index.ts';

type Refused = Refusal & { retryAfterMs?: number };
type Inbox = NonNullable<Awaited<ReturnType<typeof findInboxByKey>>>;

/** Who shows a session's token, or an inbox's key: wrong ones by HTTP and at sockets count together. */
export class Callers {
  private readonly pool: Pool;
  private readonly signIn: SignIn;
  private readonly sessions: WrongTokens<SessionRow | Refusal>;
  private readonly inboxes: WrongTokens<object | undefined>;

  constructor({ pool, signIn }: { pool: Pool; signIn: SignIn }) {
    this.pool = pool;
    this.signIn = signIn;
    this.sessions = new WrongTokens({
      isWrong: (found) => 'code' in found && found.code === 'session-ended',
      findRight: (hashes) => signIn.findLive(hashes),
    });
    this.inboxes = new WrongTokens({
      isWrong: (found) => found === undefined,
      findRight: (keys) => findInboxKeys(pool, keys),
    });
  }

  /** The session that a token stands for, in the workspace that is named, else in its own. */
  async session(
    token: string,
    { address, workspaceId }: { address: string; workspaceId?: string | undefined },
  ): Promise<SessionRow | Refused> {
    const shown = { name: hashToken(token), address };
    return this.sessions.lookUp(shown, () => this.signIn.findSession(token, workspaceId));
  }

  /** The inbox whose script tag a page carries. */
  inbox(key: string, address: string): Promise<Inbox | Refused> {
    return this.byKey({ key, address }, () => findInboxByKey(this.pool, key));
  }

  /** What is found by such a key, in whatever way. */
  async byKey<Found extends object>(
    { key, address }: { key: string; address: string },
    look: () => Promise<Found | undefined>,
  ): Promise<Found | Refused> {
    const found = await this.inboxes.lookUp<Found | undefined>({ name: key, address }, look);
    return found ?? refuse('not-found', 'There is no inbox with this key');
  }
}
