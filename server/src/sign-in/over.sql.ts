import { type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';

const DAY_MS = 24 * 3600 * 1000;
/** No browser keeps its cookie longer. */
const BROWSER_MS = 400 * DAY_MS;

/** What is over, table by table: what hangs on a session (where it was shut out, whom it pushes to) goes with it. */
const over = {
  sessions: `expires_at <= ${NOW_MS}`,
  password_resets: `used_at is not null or expires_at <= ${NOW_MS}`,
  known_browsers: `used_at <= ${NOW_MS} - ${BROWSER_MS}`,
  sign_in_failures: `last_at <= ${NOW_MS} - ${DAY_MS} and blocked_until <= ${NOW_MS}`,
};

/** Each drops at most so many rows that say nothing any more, and answers how many. What somebody is at just now waits. */
export const dropsOfSignIn = Object.entries(over).map(
  ([table, isOver]) =>
    async (sql: Queries, limit: number): Promise<number> => {
      const rows = await run(
        sql,
        `delete from ${table} where ctid = any(array(
           select ctid from ${table} where ${isOver} limit $1 for update skip locked)) returning 1`,
        [limit],
      );
      return rows.length;
    },
);
