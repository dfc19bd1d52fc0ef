import type { BusState } from '../bus/bus.ts';
import { findMissing } from '../database/migrate.ts';
import { type Pool, type Queries, run } from '../store/connect.ts';
import { version } from '../version.ts';
import { freeBytes, LOW_DISK } from './disk.ts';
import { type JobState, readJobState } from './jobs.sql.ts';
import { type ReaderState, readReaderStates } from './readers.sql.ts';

/** A reader that has not come this far after an event is in trouble: events reach it within two seconds. */
export const LONG_LAG_MS = 60_000;

/** Whoever asks more often is told what was found last; the page is open to everybody. */
const FRESH_MS = 1_000;
/** A database that has not answered by then is down, whatever the connection still hopes. */
const PATIENCE_MS = 3_000;

/** What /healthz says. `down`: it can't serve. `degraded`: it serves, and somebody should look. */
export interface HealthReport {
  status: 'ok' | 'degraded' | 'down';
  version: string;
  /** A sentence for each thing that is wrong. */
  problems: string[];
  database: 'up' | 'down';
  /** Free bytes where the data lies; null where that is not known, or not on this machine. */
  diskFree: number | null;
  readers: ReaderState[];
  jobs: JobState;
  bus: 'up' | 'down';
  carrier: BusState['carrier'];
  /** That are at work with this database, this one too. */
  servers: number;
}

interface Options {
  pool: Pool;
  bus: { state: BusState };
  /** The data folder, where the database is ours; its disk is watched. */
  dataFolder: string | null;
  readerNames: readonly string[];
}

/** Looks at what this server needs, at most once a second. */
export class Health {
  private readonly options: Options;
  private latest: { at: number; report: Promise<HealthReport> } | null = null;

  constructor(options: Options) {
    this.options = options;
  }

  check(): Promise<HealthReport> {
    const now = performance.now();
    if (this.latest && now - this.latest.at <= FRESH_MS) return this.latest.report;
    const latest = { at: now, report: this.look() };
    this.latest = latest;
    // A database that is back is seen at once.
    void latest.report.then(({ status }) => {
      if (status === 'down' && this.latest === latest) this.latest = null;
    });
    return latest.report;
  }

  /** Whether requests may be sent here: the database answers, and has this release's schema. */
  async readiness(): Promise<{ ready: boolean; why?: string }> {
    const missing = await soon(findMissing(this.options.pool as unknown as Queries)).catch(String);
    if (typeof missing === 'string') return { ready: false, why: 'the database does not answer' };
    if (missing.length > 0)
      return { ready: false, why: "the database has not this release's schema" };
    return { ready: true };
  }

  private async look(): Promise<HealthReport> {
    const { pool, bus, dataFolder, readerNames } = this.options;
    const [stored, free] = await Promise.all([
      readStates(pool, readerNames),
      dataFolder === null ? undefined : freeBytes(dataFolder),
    ]);
    const { readers, jobs } = stored ?? {};
    const { carrier, isUp, others } = bus.state;
    const problems = [
      ...(readers ? readers.flatMap(trouble) : ['The database does not answer.']),
      ...(jobs && jobs.failed > 0
        ? [`${jobs.failed} jobs have failed for good; the log says why.`]
        : []),
      // Without it everything works, a second later.
      ...(readers && !isUp ? [`The bus (${carrier}) does not answer.`] : []),
      ...(free !== undefined && free < LOW_DISK
        ? [`Only ${Math.floor(free / 1e6)} MB are free where the data lies.`]
        : []),
    ];
    const serving = problems.length > 0 ? ('degraded' as const) : ('ok' as const);
    return {
      status: readers ? serving : 'down',
      version,
      problems,
      database: readers ? 'up' : 'down',
      diskFree: free ?? null,
      readers: readers ?? [],
      jobs: jobs ?? { waiting: 0, failed: 0 },
      bus: isUp ? 'up' : 'down',
      carrier,
      servers: others + 1,
    };
  }
}

/** Null where the database doesn't answer. */
async function readStates(
  pool: Pool,
  names: readonly string[],
): Promise<{ readers: ReaderState[]; jobs: JobState } | null> {
  const sql = pool as unknown as Queries;
  try {
    await soon(run(sql, 'select 1'));
    const [readers, jobs] = await soon(
      Promise.all([readReaderStates(sql, names), readJobState(sql)]),
    );
    return { readers, jobs };
  } catch {
    return null;
  }
}

function trouble({ name, behind, lagMs, parked }: ReaderState): string[] {
  return [
    ...(lagMs > LONG_LAG_MS
      ? [
          `The reader ${name} is ${Math.round(lagMs / 1000)} s behind in ${behind} ${behind === 1 ? 'workspace' : 'workspaces'}.`,
        ]
      : []),
    ...(parked > 0 ? [`The reader ${name} has put ${parked} events aside; the log says why.`] : []),
  ];
}

async function soon<Result>(promise: Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
