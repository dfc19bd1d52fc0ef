import { type Queries, run } from '../store/connect.ts';
import { NOW_MS } from '../store/now.ts';

/** A server that has not come back for this long has lost what it was reading, in ms. */
const LEASE_MS = 10_000;

/** Workspaces looked after in one round; those served longest ago come first. */
const AT_ONCE = 50;

/**
 * What a reader does may be undone by a power cut: its position goes with it, and it is done again. So its commits
 * don't wait for the disk, and don't make messages wait behind them.
 */
const unhurried = `set_config('synchronous_commit', 'off', true)`;

/** Which reader, where, and for which server. */
export interface Seat {
  reader: string;
  workspaceId: string;
  serverId: string;
}

export interface Place {
  position: number;
  failures: number;
}

/** Takes or renews the lease. Undefined: another server reads here now. */
export async function takeLease(sql: Queries, seat: Seat): Promise<Place | undefined> {
  const { reader, workspaceId, serverId } = seat;
  const [place] = await run<Place>(
    sql,
    `insert into readers as r (name, workspace_id, position, leased_by, leased_until)
     select $1, $2::uuid, coalesce((select position from log_floors where workspace_id = $2), 0), $3, ${NOW_MS} + ${LEASE_MS}
     from ${unhurried}
     on conflict (name, workspace_id) do update set leased_by = excluded.leased_by, leased_until = excluded.leased_until
       where r.leased_by = excluded.leased_by or r.leased_until < ${NOW_MS}
     returning position, failures`,
    [reader, workspaceId, serverId],
  );
  return place;
}

/** Workspaces whose log goes beyond where the reader stands, and where no other server reads. */
export async function findBehind(
  sql: Queries,
  { reader, serverId }: Omit<Seat, 'workspaceId'>,
): Promise<string[]> {
  const rows = await run<{ id: string }>(
    sql,
    `select w.id from workspaces w
     cross join lateral (select position from log where workspace_id = w.id order by position desc limit 1) as head
     left join readers r on r.name = $1 and r.workspace_id = w.id
     where head.position > coalesce(r.position, 0) and (r.leased_by is null or r.leased_by = $2 or r.leased_until < ${NOW_MS})
     order by r.leased_until nulls first limit $3`,
    [reader, serverId, AT_ONCE],
  );
  return rows.map((row) => row.id);
}

/** Whether lease and position are what they were; if so they stay so until the transaction ends. */
export async function holdPlace(sql: Queries, seat: Seat, position: number): Promise<boolean> {
  const rows = await run(
    sql,
    `select ${unhurried} from readers where name = $1 and workspace_id = $2 and leased_by = $3 and position = $4 for update skip locked`,
    [seat.reader, seat.workspaceId, seat.serverId, position],
  );
  return rows.length > 0;
}

export function movePlace(sql: Queries, seat: Seat, position: number): Promise<unknown> {
  return run(
    sql,
    `update readers set position = $4, failures = 0, leased_until = ${NOW_MS} + ${LEASE_MS}
     where name = $1 and workspace_id = $2 and leased_by = $3`,
    [seat.reader, seat.workspaceId, seat.serverId, position],
  );
}

/** Counts a failure of the event after `position`. Returns how many there were. */
export async function countFailure(sql: Queries, seat: Seat, position: number): Promise<number> {
  const [row] = await run<{ failures: number }>(
    sql,
    `update readers set failures = failures + 1
     where name = $1 and workspace_id = $2 and leased_by = $3 and position = $4 returning failures`,
    [seat.reader, seat.workspaceId, seat.serverId, position],
  );
  return row?.failures ?? 0;
}

/** Puts an event aside, for people to look at, and the reader behind it. */
export function park(
  sql: Queries,
  seat: Seat,
  event: { position: number; error: string },
): Promise<unknown> {
  return run(
    sql,
    `with parked as (
       insert into parked_events (reader, workspace_id, position, error, at) values ($1, $2, $4, $5, ${NOW_MS})
       on conflict do nothing)
     update readers set position = $4, failures = 0 where name = $1 and workspace_id = $2 and leased_by = $3`,
    [seat.reader, seat.workspaceId, seat.serverId, event.position, event.error],
  );
}

/** Lets another server read at once, when this one stops. */
export function returnLeases(sql: Queries, serverId: string): Promise<unknown> {
  return run(sql, 'update readers set leased_until = 0 where leased_by = $1', [serverId]);
}
