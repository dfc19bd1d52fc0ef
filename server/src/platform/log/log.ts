import type { EventKind } from '@deskbell/contract';
import { events } from '@deskbell/contract';
import type { NewEvent } from '../pipeline/command.ts';
import { column, textColumn } from '../store/columns.ts';
import { type Queries, run } from '../store/connect.ts';

/** One line of a workspace's log. `entity` and `id` name what changed, `version` its version after. */
export interface LogEvent {
  position: number;
  at: number;
  kind: EventKind;
  entity: string;
  id: string;
  version: number;
  actor: string;
  audience: string;
  audienceBefore: string | null;
}

/** Gives events their positions, in order, after `head`. */
export function numbered(
  drafts: readonly (NewEvent & { actor: string })[],
  head: { position: number; at: number },
): LogEvent[] {
  return drafts.map((draft, index) => ({
    position: head.position + index + 1,
    at: head.at,
    kind: draft.kind,
    entity: events[draft.kind].entity,
    id: draft.id,
    version: draft.version,
    actor: draft.actor,
    audience: draft.audience,
    audienceBefore: draft.audienceBefore ?? null,
  }));
}

export function appendEvents(
  sql: Queries,
  workspaceId: string,
  rows: readonly LogEvent[],
): Promise<unknown> {
  return run(
    sql,
    `insert into log (workspace_id, position, at, kind, entity, id, version, actor, audience, audience_before)
     select $1, * from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::uuid[], $7::bigint[], $8::text[], $9::text[], $10::text[])`,
    [
      workspaceId,
      column(rows, (row) => row.position),
      column(rows, (row) => row.at),
      column(rows, (row) => row.kind),
      column(rows, (row) => row.entity),
      column(rows, (row) => row.id),
      column(rows, (row) => row.version),
      column(rows, (row) => row.actor),
      textColumn(rows, (row) => row.audience),
      textColumn(rows, (row) => row.audienceBefore),
    ],
  );
}

/** The events after `after`, up to `until` (inclusive), in order. */
export function readEvents(
  sql: Queries,
  workspaceId: string,
  range: { after: number; until?: number; limit: number },
): Promise<LogEvent[]> {
  return run<LogEvent>(
    sql,
    `select position, at, kind, entity, id, version, actor, audience, audience_before as "audienceBefore"
     from log where workspace_id = $1 and position > $2 and position <= $3
     order by position limit $4`,
    [workspaceId, range.after, range.until ?? Number.MAX_SAFE_INTEGER, range.limit],
  );
}

/** Where the log ends, and the lowest position from which one can still go on. */
export async function readHead(
  sql: Queries,
  workspaceId: string,
): Promise<{ position: number; floor: number }> {
  const [row] = await run<{ position: number; floor: number }>(
    sql,
    `select greatest(coalesce((select position from log where workspace_id = $1 order by position desc limit 1), 0), floor) as position, floor
     from (select coalesce((select position from log_floors where workspace_id = $1), 0) as floor) as floors`,
    [workspaceId],
  );
  return row ?? { position: 0, floor: 0 };
}

/** The heads of several workspaces at once, so that a lost pulse is noticed. */
export function readHeads(
  sql: Queries,
  workspaceIds: readonly string[],
): Promise<{ workspaceId: string; position: number }[]> {
  return run(
    sql,
    `select w.id as "workspaceId", coalesce((select position from log where workspace_id = w.id order by position desc limit 1), 0) as position
     from unnest($1::uuid[]) as w(id)`,
    [`{${workspaceIds.join(',')}}`],
  );
}
