import { type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';

/** The sites kept for one inbox: so many that show its widget, and as many that were refused it; the latest seen. */
const KEPT = 20;
/** Where nobody has seen it for so long, in ms, it was not seen. */
const KEPT_MS = 30 * 24 * 3600 * 1000;

export interface SightingRow {
  origin: string;
  isRefused: boolean;
  seenAt: number;
}

/** Notes that a page of this origin showed the widget just now, and forgets the eldest beyond {@link KEPT}. */
export async function noteSighting(
  sql: Queries,
  workspaceId: string,
  seen: { inboxId: string; origin: string; isRefused: boolean },
): Promise<void> {
  await run(
    sql,
    `insert into inbox_sightings (workspace_id, inbox_id, origin, is_refused, seen_at)
     values ($1, $2, $3, $4::text::boolean, ${NOW_MS})
     on conflict (workspace_id, inbox_id, origin)
       do update set is_refused = excluded.is_refused, seen_at = excluded.seen_at`,
    [workspaceId, seen.inboxId, seen.origin, String(seen.isRefused)],
  );
  // Apart: where it is refused can be made up by anybody, and takes no place from where it stands.
  await run(
    sql,
    `delete from inbox_sightings where workspace_id = $1 and inbox_id = $2 and is_refused = $3::text::boolean and origin in (
       select origin from inbox_sightings where workspace_id = $1 and inbox_id = $2 and is_refused = $3::text::boolean
       order by seen_at desc offset ${KEPT})`,
    [workspaceId, seen.inboxId, String(seen.isRefused)],
  );
}

/** Drops at most so many that are too old, and answers how many. */
export async function dropOldSightings(sql: Queries, limit: number): Promise<number> {
  const rows = await run(
    sql,
    `delete from inbox_sightings where ctid = any(array(
       select ctid from inbox_sightings where seen_at <= ${NOW_MS} - ${KEPT_MS} limit $1 for update skip locked)) returning 1`,
    [limit],
  );
  return rows.length;
}

export function loadSightings(
  sql: Queries,
  workspaceId: string,
  inboxId: string,
): Promise<SightingRow[]> {
  return run<SightingRow>(
    sql,
    `select origin, is_refused as "isRefused", seen_at as "seenAt" from inbox_sightings
     where workspace_id = $1 and inbox_id = $2 order by seen_at desc`,
    [workspaceId, inboxId],
  );
}
