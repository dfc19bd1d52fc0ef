import { type Settings, settingsOf } from '@deskbell/contract';
import { dropAudit } from '../audit/sql.ts';
import { type Pool, type Queries, run } from '../store/connect.ts';
import { NOW_MS } from '../store/now.ts';

/** Whichever server comes first does it, at most this often. */
const EVERY_MS = 3_600_000;
const LOOK_MS = 600_000;
/** Small enough that neither lock nor vacuum is felt. */
const CHUNK = 5_000;
/** An outbox sends nothing that is older than 25 days; its ids are remembered beyond that. */
const ANSWERS_MS = 30 * 24 * EVERY_MS;

/** Drops at most so many rows that are too old, and answers how many. */
export type Drop = (sql: Queries, limit: number) => Promise<number>;

interface Options {
  pool: Pool;
  /** What else grows old, of no workspace. */
  drops: readonly Drop[];
  onTrouble(error: unknown, what: string): void;
}

/**
 * Drops what is too old of the workspaces' logs and audit logs, answers that nobody will ask for again, and what else
 * capabilities say is over. Facts, timelines and messages are rows of their own and stay. Who resumes below the floor gets a snapshot.
 */
export class Retention {
  private readonly options: Options;
  private readonly timer: NodeJS.Timeout;
  private running: Promise<void> | null = null;

  constructor(options: Options) {
    this.options = options;
    this.timer = setInterval(() => void this.look(), LOOK_MS);
    this.timer.unref();
  }

  /** Does it if it is time. */
  look(): Promise<void> {
    this.running ??= this.dropOld().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async dropOld(): Promise<void> {
    const { pool, drops, onTrouble } = this.options;
    try {
      if (!(await isTime(pool))) return;
      const workspaces = await run<{ id: string; settings: object }>(
        pool,
        'select id, settings from workspaces',
      );
      for (const { id, settings } of workspaces) await dropOldOf(pool, id, settingsOf(settings));
      for (const drop of [dropAnswers, ...drops]) await byChunks(() => drop(pool, CHUNK));
    } catch (error) {
      // The next hour finds the same.
      onTrouble(error, 'dropping what is too old');
    }
  }
}

/** True for one server an hour. */
async function isTime(sql: Queries): Promise<boolean> {
  const rows = await run(
    sql,
    `insert into chores as c (name, begun_at) values ('retention', ${NOW_MS})
     on conflict (name) do update set begun_at = excluded.begun_at where c.begun_at <= excluded.begun_at - ${EVERY_MS}
     returning 1`,
  );
  return rows.length > 0;
}

async function dropOldOf(
  sql: Queries,
  workspaceId: string,
  { logKeptMs, auditKeptMs }: Settings,
): Promise<void> {
  await byChunks(() => dropEvents(sql, workspaceId, logKeptMs));
  await byChunks(() => dropAudit(sql, workspaceId, { keptMs: auditKeptMs, limit: CHUNK }));
}

async function byChunks(drop: () => Promise<number>): Promise<void> {
  while ((await drop()) === CHUNK);
}

/** The eldest chunk, as far as it is too old, and the floor in the same breath: positions never begin anew. */
async function dropEvents(sql: Queries, workspaceId: string, keptMs: number): Promise<number> {
  const [row] = await run<{ count: number }>(
    sql,
    `with eldest as (select position, at from log where workspace_id = $1 order by position limit ${CHUNK}),
     last as (select max(position) as position from eldest where at < ${NOW_MS} - $2::bigint),
     dropped as (
       delete from log using last where workspace_id = $1 and log.position <= last.position returning 1),
     raised as (
       insert into log_floors (workspace_id, position) select $1, position from last where position is not null
       on conflict (workspace_id) do update set position = greatest(log_floors.position, excluded.position))
     select count(*) as count from dropped`,
    [workspaceId, keptMs],
  );
  return row?.count ?? 0;
}

async function dropAnswers(sql: Queries, limit: number): Promise<number> {
  const [row] = await run<{ count: number }>(
    sql,
    `with dropped as (
       delete from commands where ctid = any(array(select ctid from commands where at < ${NOW_MS} - ${ANSWERS_MS} limit $1))
       returning 1)
     select count(*) as count from dropped`,
    [limit],
  );
  return row?.count ?? 0;
}
