import { type Queries, run } from './connect.ts';

/** The database's clock in SQL, in ms since 1970: one clock for all servers. It moves on within a transaction. */
export const NOW_MS = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

/** What that clock says. */
export async function readNow(sql: Queries): Promise<number> {
  const [row] = await run<{ now: number }>(sql, `select ${NOW_MS} as now`);
  return row?.now ?? 0;
}
