import type { Logger } from '../logger.ts';
import { StartRefusal } from '../start-refusal.ts';
import { clusterFolderOf, isCluster, isUnreadable, readAccess } from './cluster.ts';
import { AlreadyRunning, startEmbeddedDatabase } from './embedded.ts';
import { type Database, startDatabase } from './start.ts';

/** The database for as long as one command takes. */
export interface VisitedDatabase extends Database {
  /** Whether a server is at work with it; unknown (false) for one of `DATABASE_URL`. */
  isServed: boolean;
  /** Whether it is our own, on this machine. */
  isEmbedded: boolean;
}

/**
 * The database that the settings name: that of the running server, or ours started for the time being, which
 * `stop` then ends. Throws StartRefusal where there is none yet, or when it can't be had.
 */
export async function visitDatabase(given: {
  databaseUrl: string | undefined;
  dataFolder: string;
  log: Logger;
}): Promise<VisitedDatabase> {
  const onLost = () => given.log.error('a server has taken over the database meanwhile');
  if (given.databaseUrl)
    return { ...(await startDatabase({ ...given, onLost })), isServed: false, isEmbedded: false };
  const folder = clusterFolderOf(given.dataFolder);
  if (isUnreadable(folder))
    throw new StartRefusal(
      `The database in ${folder} belongs to another user: run this as that user.`,
    );
  if (!isCluster(folder)) throw new NoDatabaseYet(given.dataFolder);
  try {
    const embedded = await startEmbeddedDatabase({ ...given, onLost });
    return { ...embedded, isServed: false, isEmbedded: true };
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error;
    return { url: addressOf(folder), isServed: true, isEmbedded: true, ...nothingToEnd };
  }
}

/** Deskbell was never started with this data folder. */
export class NoDatabaseYet extends StartRefusal {
  constructor(dataFolder: string) {
    super(
      `There is no Deskbell in ${dataFolder} yet: start it once, or name its folder with DATA_DIR.`,
    );
  }
}

const nothingToEnd = { stop: async () => undefined, abandon: () => undefined };

function addressOf(folder: string): string {
  const { password, port } = readAccess(folder);
  return `postgres://deskbell:${password}@127.0.0.1:${port}/deskbell`;
}
