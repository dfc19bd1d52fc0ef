import { type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';

/** A link can be used for so long, in ms. */
const RESET_MS = 3600 * 1000;

/** Undefined where nobody has this mail address. */
export async function insertReset(
  sql: Queries,
  of: { email: string; tokenHash: string },
): Promise<{ expiresAt: number } | undefined> {
  const [row] = await run<{ expiresAt: number }>(
    sql,
    `insert into password_resets (token_hash, user_id, created_at, expires_at)
     select decode($2, 'hex'), id, ${NOW_MS}, ${NOW_MS} + ${RESET_MS} from users where email = $1 returning expires_at as "expiresAt"`,
    [of.email, of.tokenHash],
  );
  return row;
}

export interface ResetRow {
  userId: string;
  email: string;
}

/** Whose password may be set by this link; undefined when it was used, or its time is over. */
export async function findReset(sql: Queries, tokenHash: string): Promise<ResetRow | undefined> {
  const [row] = await run<ResetRow>(
    sql,
    `select r.user_id as "userId", u.email from password_resets r join users u on u.id = r.user_id
     where r.token_hash = decode($1, 'hex') and r.used_at is null and r.expires_at > ${NOW_MS}`,
    [tokenHash],
  );
  return row;
}
