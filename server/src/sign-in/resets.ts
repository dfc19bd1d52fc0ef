import { type Refusal, refuse } from '@deskbell/contract';
import { writeAudit } from '../platform/audit/sql.ts';
import type { Mail } from '../platform/mail.ts';
import type { Pool, Queries } from '../platform/store/connect.ts';
import { spendGuess } from './guesses.sql.ts';
import { hashPassword, refusedPassword } from './passwords.ts';
import { type MailLanguage, resetLetter } from './reset-letter.ts';
import * as store from './resets.sql.ts';
import {
  changePassword,
  deleteSessionsOfUser,
  type EndedSession,
  findMemberships,
  lockUser,
} from './sql.ts';
import { hashToken, newToken } from './tokens.ts';

/** To one address go so many letters, then ever fewer. */
const LETTERS = { free: 3, longestMs: 15 * 60_000 };

/** How long the server's end waits for letters, in ms. */
const CLOSING_MS = 5_000;

interface Parts {
  pool: Pool;
  /** null: no mail can be sent. */
  mail: Mail | null;
  /** Where the link of a letter leads: never what a request says of itself, which anybody can make up. */
  publicUrl: string | undefined;
  /** The audit log of this workspace has another entry. */
  onAudited(workspaceId: string): void;
  onTrouble(error: unknown, what: string): void;
}

/** Makes a link for setting another password, good once within an hour; null where nobody has this mail address. */
export async function issuePasswordReset(
  sql: Queries,
  email: string,
): Promise<{ path: string; expiresAt: number } | null> {
  const token = newToken();
  const address = email.trim().toLowerCase();
  const made = await store.insertReset(sql, { email: address, tokenHash: hashToken(token) });
  return made ? { path: `/reset-password/${token}`, expiresAt: made.expiresAt } : null;
}

/** Forgotten passwords. */
export class Resets {
  private readonly parts: Parts;
  private readonly sending = new Set<Promise<void>>();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Whether a letter can be sent. */
  get isMailed(): boolean {
    return this.parts.mail !== null && this.parts.publicUrl !== undefined;
  }

  /** Sends a letter, if the address has an account. Nobody learns whether: it goes out after the answer. */
  ask(email: string, language: MailLanguage): Refusal | null {
    if (!this.isMailed) return refuse('no-mail');
    const sending = this.send(email, language)
      .catch((error: unknown) => this.parts.onTrouble(error, 'mailing a link for a new password'))
      .finally(() => this.sending.delete(sending));
    this.sending.add(sending);
    return null;
  }

  async find(token: string): Promise<store.ResetRow | Refusal> {
    return (await store.findReset(this.parts.pool, hashToken(token))) ?? refuse('reset-spent');
  }

  /** Sets the password, and ends every session. Answers whose it is, and the sessions that ended. */
  async use(
    token: string,
    password: string,
  ): Promise<(store.ResetRow & { ended: EndedSession[] }) | Refusal> {
    const found = await this.find(token);
    if ('code' in found) return found;
    const weak = refusedPassword({ password, email: found.email });
    if (weak) return weak;
    const passwordHash = await hashPassword(password);
    const audited = new Set<string>();
    const ended = await this.parts.pool.begin(async (transaction) => {
      const sql = transaction as unknown as Queries;
      // The person first, then what they have: of two links at once the second finds itself spent.
      await lockUser(sql, found.userId);
      if (!(await store.findReset(sql, hashToken(token)))) return null;
      await changePassword(sql, { userId: found.userId, passwordHash });
      for (const { workspaceId, agentId, name } of await findMemberships(sql, found.userId)) {
        await writeAudit(sql, workspaceId, {
          actor: { kind: 'agent', id: agentId },
          note: { what: 'agent.password-reset', subject: { id: agentId, name } },
        });
        audited.add(workspaceId);
      }
      return deleteSessionsOfUser(sql, found.userId);
    });
    for (const workspaceId of audited) this.parts.onAudited(workspaceId);
    return ended ? { ...found, ended: ended as EndedSession[] } : refuse('reset-spent');
  }

  /** Lets letters that are on their way go out, for a moment. */
  async close(): Promise<void> {
    const { promise: moment, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, CLOSING_MS);
    await Promise.race([Promise.all(this.sending), moment]);
    clearTimeout(timer);
  }

  private async send(email: string, language: MailLanguage): Promise<void> {
    const { pool, mail, publicUrl } = this.parts;
    if (!mail || publicUrl === undefined) return;
    const key = hashToken(`reset\n${email}`);
    if ((await spendGuess(pool, [{ key, ...LETTERS }])) > 0) return;
    const made = await issuePasswordReset(pool, email);
    if (!made) return;
    const url = new URL(made.path, publicUrl).href;
    await mail.send({ to: email, ...resetLetter({ url, language }) });
  }
}
