import { type Config, readConfig } from '../platform/config.ts';
import { findMissing, migrate, readApplied } from '../platform/database/migrate.ts';
import { type Database, startDatabase } from '../platform/database/start.ts';
import { NoDatabaseYet, type VisitedDatabase, visitDatabase } from '../platform/database/visit.ts';
import { createLogger } from '../platform/logger.ts';
import { StartRefusal } from '../platform/start-refusal.ts';
import { connect, type Pool, type Queries } from '../platform/store/connect.ts';

/** The settings as the server would read them here. */
export const readSettings = (): Config => readConfig(process.env);

/** Where browsers find the server. */
export const addressOf = ({ PUBLIC_URL, PORT }: Config): string =>
  PUBLIC_URL ?? `http://localhost:${PORT}`;

/** What goes wrong beside a command's own words; on stderr, so that stdout holds its answer alone. */
const commandLog = () => createLogger('warn', 'stderr');

/** Where the server keeps its data, for the functions that take these names. */
export const placeOf = ({ DATABASE_URL, DATA_DIR }: Config) => ({
  databaseUrl: DATABASE_URL,
  dataFolder: DATA_DIR,
  log: commandLog(),
});

/** Acts on the database, which is ended again if it was started for this. */
export async function atDatabase<Result>(
  config: Config,
  act: (database: VisitedDatabase) => Promise<Result>,
): Promise<Result> {
  const database = await visitDatabase(placeOf(config));
  try {
    return await act(database);
  } finally {
    await database.stop();
  }
}

/** The database, made where there is none yet. */
export function visitOrMake(config: Config): Promise<Database> {
  const place = placeOf(config);
  return visitDatabase(place).catch((error) => {
    if (!(error instanceof NoDatabaseYet)) throw error;
    return startDatabase({ ...place, onLost: () => undefined });
  });
}

/** Makes the database with its schema where there is none; leaves one that is there as it is. */
export async function makeIfMissing(config: Config): Promise<void> {
  const database = await visitOrMake(config);
  try {
    const sql = connect(database.url, { max: 1, name: 'deskbell command' });
    const applied = await readApplied(sql as unknown as Queries).finally(() => sql.end());
    if (applied.length === 0) await migrate(database.url);
  } finally {
    await database.stop();
  }
}

/** The same with a pool, where the database has this release's schema. */
export function atRows<Result>(
  config: Config,
  act: (pool: Pool) => Promise<Result>,
): Promise<Result> {
  return atDatabase(config, async ({ url }) => {
    const pool = connect(url, { max: 2, name: 'deskbell command' });
    try {
      const missing = await findMissing(pool as unknown as Queries);
      if (missing.length > 0)
        throw new StartRefusal(
          "The database has not this release's schema yet: start the server once, or run deskbell migrate.",
        );
      return await act(pool);
    } finally {
      await pool.end({ timeout: 1 });
    }
  });
}
