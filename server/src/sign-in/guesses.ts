import { type Refusal, refuse } from '@deskbell/contract';
import { subscriberOf } from '../platform/http/allowance.ts';
import type { Pool } from '../platform/store/connect.ts';
import {
  type Count,
  forgetGuesses,
  forgiveGuess,
  isKnownBrowser,
  keepBrowser,
  spendGuess,
} from './guesses.sql.ts';
import { hashToken, newToken } from './tokens.ts';

const MINUTE = 60_000;

/** From where somebody tries. */
export interface Origin {
  userAgent: string;
  /** The internet address; absent: this machine. */
  address?: string;
  /** What its browser was given when somebody signed in with it. */
  browser?: string | undefined;
  /** The workspace that they want to come into. */
  workspaceId?: string | undefined;
}

type Taken = { counts: readonly Count[] };
type Refused = Refusal & { retryAfterMs: number };

/**
 * Wrong passwords, counted in the database, so that all servers count together: by mail address with
 * internet address, by each alone, and for a browser that has signed in with it before by that browser
 * only. So whoever guesses from elsewhere makes strangers wait, and not the right person at their desk.
 */
export class Guesses {
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** To be asked before a password is looked at, so that guesses sent at once count too. */
  async spend(email: string, from: Origin): Promise<Taken | Refused> {
    const counts = await this.countsOf(email, from);
    const waitMs = await spendGuess(this.pool, counts);
    if (waitMs === 0) return { counts };
    const refused = refuse('too-many', 'Too many wrong passwords; wait a little');
    return { ...refused, retryAfterMs: waitMs };
  }

  /** The password was right. */
  async forgive({ counts }: Taken): Promise<void> {
    await forgiveGuess(this.pool, counts);
  }

  /** Who they are was shown in another way: what was guessed at their address, or from here at it, counts no more. */
  async forgiveAll(email: string, from: Origin): Promise<void> {
    await forgetGuesses(this.pool, await this.countsOf(email, from));
  }

  /** Remembers the browser; answers what it is to keep. */
  async remember(userId: string, { browser = newToken() }: Origin): Promise<string> {
    await keepBrowser(this.pool, { userId, tokenHash: hashToken(browser) });
    return browser;
  }

  private async countsOf(email: string, from: Origin): Promise<Count[]> {
    const { browser } = from;
    const tokenHash = hashToken(browser ?? '');
    if (browser !== undefined && (await isKnownBrowser(this.pool, { email, tokenHash })))
      return [count(['browser', tokenHash, email], 10, 15 * MINUTE)];
    const subscriber = subscriberOf(from.address ?? 'here');
    return [
      count(['both', email, subscriber], 5, 15 * MINUTE),
      count(['address', subscriber], 30, 15 * MINUTE),
      count(['mail', email], 50, 5 * MINUTE),
    ];
  }
}

/** Hashed, so that the table holds no addresses. */
const count = (of: readonly string[], free: number, longestMs: number): Count => ({
  key: hashToken(of.join('\n')),
  free,
  longestMs,
});
