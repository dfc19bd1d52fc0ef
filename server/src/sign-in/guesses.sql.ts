import { words } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';

/** What guesses are counted under: so many are free, then each wait is twice the one before, up to the longest. */
export interface Count {
  key: string;
  free: number;
  longestMs: number;
}

/** Takes a guess under each, unless one is blocked. Answers 0, or for how many ms it is. */
export async function spendGuess(sql: Queries, counts: readonly Count[]): Promise<number> {
  const [row] = await run<{ wait: number }>(
    sql,
    'select spend_guess($1::text[], $2::int[], $3::bigint[]) as wait',
    [
      words(counts.map(({ key }) => key)),
      words(counts.map(({ free }) => free)),
      words(counts.map(({ longestMs }) => longestMs)),
    ],
  );
  return row?.wait ?? 0;
}

/**
 * In the order in which `spend_guess` takes them, and none is ever taken away while somebody counts: so nobody waits in a
 * circle. What is old goes by itself (`over.sql.ts`).
 */
const IN_ORDER = `(select key from sign_in_failures where key = any($1::text[]) order by key for update) as theirs`;

/** It was no guess: the first count begins anew, of the others one is given back. */
export function forgiveGuess(sql: Queries, counts: readonly Count[]): Promise<unknown> {
  return run(
    sql,
    `update sign_in_failures f set blocked_until = 0, failures = case when f.key = $2 then 0 else greatest(0, failures - 1) end
     from ${IN_ORDER} where f.key = theirs.key`,
    [words(counts.map(({ key }) => key)), counts[0]?.key ?? ''],
  );
}

/** None of them counts any more. */
export function forgetGuesses(sql: Queries, counts: readonly Count[]): Promise<unknown> {
  return run(
    sql,
    `update sign_in_failures f set blocked_until = 0, failures = 0 from ${IN_ORDER} where f.key = theirs.key`,
    [words(counts.map(({ key }) => key))],
  );
}

/** Whether somebody has signed in to this address's account with this browser before. */
export async function isKnownBrowser(
  sql: Queries,
  of: { email: string; tokenHash: string },
): Promise<boolean> {
  const rows = await run(
    sql,
    `select from known_browsers b join users u on u.id = b.user_id
     where b.token_hash = decode($1, 'hex') and u.email = $2`,
    [of.tokenHash, of.email],
  );
  return rows.length > 0;
}

export function keepBrowser(
  sql: Queries,
  of: { userId: string; tokenHash: string },
): Promise<unknown> {
  return run(
    sql,
    `insert into known_browsers (token_hash, user_id, used_at) values (decode($1, 'hex'), $2, ${NOW_MS})
     on conflict (token_hash, user_id) do update set used_at = excluded.used_at`,
    [of.tokenHash, of.userId],
  );
}
