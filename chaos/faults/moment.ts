import { setTimeout as delay } from 'node:timers/promises';
import type postgres from 'postgres';
import { serverOf } from '../place/database.ts';
import type { ServerName } from '../place/servers.ts';
import { signal } from '../processes.ts';
import type { Random } from '../random.ts';

/**
 * What the pipeline was at when the process was struck, as PostgreSQL itself told while that process
 * stood still: `open`, a batch holds its workspace's lock; `writing`, it has written and not committed;
 * `unheard`, it is committed and the server has not read that.
 */
export type InFlight = 'open' | 'writing' | 'unheard';

interface Backend {
  pid: number;
  server: ServerName;
  isOpen: boolean;
  hasWritten: boolean;
  holdsLock: boolean;
  /** It is within a transaction and waits for the server's next word: nothing ends it but the server, or a timeout. */
  isIdle: boolean;
  isCommit: boolean;
  /** When it last began or ended a statement, in ms. */
  changedAt: number;
}

const LOOK_MS = 400;
const TRIES = 80;
/** So many tries wait for the commit itself; after that an open batch is good enough. */
const PATIENT_TRIES = 15;
/** What a stopped server has sent already, its backend may still finish. */
const SETTLE_MS = 4;

/** A stopped process, and what it had in flight; null: it was caught idle each time. */
export interface Frozen {
  pid: number;
  inFlight: InFlight | null;
}

/**
 * Stops a server, if possible while a batch of its is in flight; `isHeld`: while it holds its workspace's
 * lock and only its own next word would free it. Who calls kills it or lets it go on.
 */
export async function freezeServer(
  sql: postgres.Sql,
  server: { name: ServerName; pid: number },
  { random, isHeld = false }: { random: Random; isHeld?: boolean },
): Promise<Frozen> {
  for (let attempt = 1; ; attempt += 1) {
    const stoppedAt = Date.now() + 1;
    signal(server.pid, 'SIGSTOP');
    await delay(SETTLE_MS);
    const own = (await look(sql))?.filter((each) => each.server === server.name) ?? [];
    const inFlight = whatIsInFlight(own, stoppedAt);
    const isEnough = isHeld
      ? own.some((each) => each.isIdle && each.holdsLock)
      : inFlight !== null && (inFlight !== 'open' || attempt > PATIENT_TRIES);
    if (isEnough || attempt === TRIES) return { pid: server.pid, inFlight };
    signal(server.pid, 'SIGCONT');
    await delay(random.between(1, 15));
  }
}

function whatIsInFlight(own: readonly Backend[], stoppedAt: number): InFlight | null {
  if (own.some((each) => each.isOpen && each.hasWritten)) return 'writing';
  if (own.some((each) => each.isCommit && each.changedAt >= stoppedAt)) return 'unheard';
  return own.some((each) => each.isOpen && each.holdsLock) ? 'open' : null;
}

/** Stops a backend of the pipeline while it holds a workspace's lock; null when none could be caught. */
export async function freezeBackend(
  sql: postgres.Sql,
  random: Random,
): Promise<(Frozen & { inFlight: InFlight }) | null> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const busy = (await look(sql))?.find((each) => each.isOpen && each.holdsLock);
    const frozen = busy && (await freezeIfBusy(sql, busy.pid));
    if (frozen && (frozen.inFlight !== 'open' || attempt > PATIENT_TRIES)) return frozen;
    if (frozen) signal(frozen.pid, 'SIGCONT');
    await delay(random.between(1, 15));
  }
  return null;
}

async function freezeIfBusy(sql: postgres.Sql, pid: number) {
  if (!signal(pid, 'SIGSTOP')) return null;
  const still = (await look(sql))?.find((each) => each.pid === pid);
  if (still?.isOpen && still.holdsLock)
    return { pid, inFlight: still.hasWritten ? ('writing' as const) : ('open' as const) };
  signal(pid, 'SIGCONT');
  return null;
}

/** Null when PostgreSQL is away, or the process that stands still holds something that looking needs. */
async function look(sql: postgres.Sql): Promise<Backend[] | null> {
  const looking = sql<(Backend & { user: string })[]>`
    select pid, usename as user, xact_start is not null as "isOpen", backend_xid is not null as "hasWritten",
      query ilike 'commit%' as "isCommit",
      state = 'idle in transaction' as "isIdle", (extract(epoch from state_change) * 1000)::float8 as "changedAt",
      exists (select from pg_locks where pg_locks.pid = activity.pid and locktype = 'advisory' and granted) as "holdsLock"
    from pg_stat_activity as activity
    where application_name = 'deskbell pipeline' and backend_type = 'client backend'`.catch(
    () => null,
  );
  const rows = await Promise.race([looking, delay(LOOK_MS, null)]);
  return rows?.map(({ user, ...row }) => ({ ...row, server: serverOf(user) })) ?? null;
}
