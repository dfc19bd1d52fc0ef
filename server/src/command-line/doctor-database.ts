import type { Config } from '../platform/config.ts';
import { findMissing } from '../platform/database/migrate.ts';
import { NoDatabaseYet } from '../platform/database/visit.ts';
import { LONG_LAG_MS } from '../platform/health/health.ts';
import { type ReaderState, readReaderStates } from '../platform/health/readers.sql.ts';
import { StartRefusal } from '../platform/start-refusal.ts';
import { connect, type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';
import { type Finding, right, wrong } from './finding.ts';
import { atDatabase } from './place.ts';

/** The database's clock decides; ours may differ this far before timers are felt to be wrong. */
const CLOCK_MS = 2_000;

/** Whether it can be reached, its version and schema, its clock, and what follows its log. */
export async function examineDatabase(
  config: Config,
  readerNames: readonly string[],
): Promise<Finding[]> {
  try {
    return await atDatabase(config, async ({ url, isServed }) => {
      const pool = connect(url, { max: 1, name: 'deskbell doctor', isReadOnlyOutside: true });
      try {
        return await examineRows(pool as unknown as Queries, { isServed, readerNames });
      } finally {
        await pool.end({ timeout: 1 });
      }
    });
  } catch (error) {
    if (error instanceof NoDatabaseYet)
      return [right('Database', 'there is none yet; the first start makes it')];
    if (error instanceof StartRefusal) return [wrong('Database', error.message)];
    throw error;
  }
}

async function examineRows(
  sql: Queries,
  { isServed, readerNames }: { isServed: boolean; readerNames: readonly string[] },
): Promise<Finding[]> {
  const before = Date.now();
  const [row] = await run<{ version: string; now: number }>(
    sql,
    `select current_setting('server_version') as version, ${NOW_MS} as now`,
  );
  const between = (before + Date.now()) / 2;
  const server = isServed ? ', of the running server' : '';
  const missing = await findMissing(sql);
  return [
    right('Database', `PostgreSQL ${row?.version ?? ''}${server}`),
    ...(missing.length === 0
      ? [right('Schema', "is this release's"), examineClock((row?.now ?? 0) - between)]
      : [
          wrong('Schema', `lacks ${missing.map(({ name }) => name).join(', ')}: deskbell migrate.`),
        ]),
    ...(missing.length === 0 ? (await readReaderStates(sql, readerNames)).map(examineReader) : []),
  ];
}

function examineClock(differenceMs: number): Finding {
  const shown = `${(Math.abs(differenceMs) / 1000).toFixed(1)} s`;
  if (Math.abs(differenceMs) <= CLOCK_MS) return right('Clock', `differs by ${shown}`);
  const which = differenceMs > 0 ? 'before' : 'behind';
  return wrong('Clock', `the database's is ${shown} ${which} ours: let both follow a time server.`);
}

function examineReader({ name, behind, lagMs, parked }: ReaderState): Finding {
  const what = 'Reader';
  if (parked > 0)
    return wrong(what, `${name} has put ${parked} events aside: table parked_events says why.`);
  if (lagMs > LONG_LAG_MS)
    return wrong(
      what,
      `${name} is ${Math.round(lagMs / 1000)} s behind in ${behind} workspaces: is a server running, and what does its log say?`,
    );
  return right(what, `${name} has read the log`);
}
