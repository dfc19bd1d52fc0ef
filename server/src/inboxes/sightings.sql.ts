import { type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';

/** The sites kept for one inbox, the latest seen. */
const KEPT = 20;

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
  await run(
    sql,
    `delete from inbox_sightings where workspace_id = $1 and inbox_id = $2 and origin in (
       select origin from inbox_sightings where workspace_id = $1 and inbox_id = $2
       order by seen_at desc offset ${KEPT})`,
    [workspaceId, seen.inboxId],
  );
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
