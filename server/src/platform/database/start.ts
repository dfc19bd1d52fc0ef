import postgres from 'postgres';
import type { Logger } from '../logger.ts';
import { StartRefusal } from '../start-refusal.ts';
import { startEmbeddedDatabase } from './embedded.ts';

/** The database of this server, wherever it runs. */
export interface Database {
  url: string;
  /** Ends an embedded one; leaves a foreign one alone. */
  stop(): Promise<void>;
  /** The same at once, when there is no time to wait. */
  abandon(): void;
}

const oldestMajor = 15;

/** The database of `DATABASE_URL`, or one of our own in the data folder. Throws StartRefusal with what is wrong. */
export async function startDatabase(given: {
  databaseUrl: string | undefined;
  dataFolder: string;
  log: Logger;
  onLost: () => void;
}): Promise<Database> {
  if (!given.databaseUrl) return startEmbeddedDatabase(given);
  await assertUsable(given.databaseUrl);
  return { url: given.databaseUrl, stop: async () => undefined, abandon: () => undefined };
}

/** Throws StartRefusal when nobody answers at that address, or not as this release needs it. */
export async function assertUsable(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    const [row] =
      await sql`select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`;
    const major = Math.floor(row?.version / 10_000);
    if (major < oldestMajor)
      throw new StartRefusal(
        `DATABASE_URL leads to PostgreSQL ${major}; expected ${oldestMajor} or newer.`,
      );
    if (row?.encoding !== 'UTF8')
      throw new StartRefusal(
        `DATABASE_URL leads to a database in ${row?.encoding}; expected UTF8.`,
      );
  } catch (error) {
    throw error instanceof StartRefusal
      ? error
      : cannotConnect(url, error as { code?: string; message: string });
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function cannotConnect(
  url: string,
  { code = '', message }: { code?: string; message: string },
): StartRefusal {
  const { host, username, pathname } = new URL(url);
  const known: Record<string, string> = {
    ECONNREFUSED: `nobody listens at ${host}`,
    ENOTFOUND: `there is no host ${host}`,
    EAI_AGAIN: `there is no host ${host}`,
    EHOSTUNREACH: `${host} cannot be reached`,
    CONNECT_TIMEOUT: `${host} does not answer`,
    '28P01': `the password of ${decodeURIComponent(username)} is wrong`,
    '28000': `${decodeURIComponent(username)} may not connect`,
    '3D000': `there is no database ${decodeURIComponent(pathname.slice(1))}`,
  };
  return new StartRefusal(
    `The database of DATABASE_URL cannot be used: ${known[code] ?? message}.`,
  );
}
