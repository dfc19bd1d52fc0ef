import type { EventKind } from '@deskbell/contract';
import { events } from '@deskbell/contract';
import type { NewEvent } from '../pipeline/command.ts';
import { column, textColumn } from '../store/columns.ts';
import { type Queries, run } from '../store/connect.ts';
import type { Statement } from '../store/statement.ts';

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

/** All events of a batch are of one moment. */
export function appendEvents(workspaceId: string, rows: readonly LogEvent[]): Statement {
  return {
    text: `insert into log (workspace_id, at, position, kind, id, version, actor, audience, audience_before)
     select $1, $2::bigint, $3::bigint + place, kind, id, version, actor, audience, audience_before
     from unnest($4::text[], $5::uuid[], $6::bigint[], $7::text[], $8::text[], $9::text[])
       with ordinality as t(kind, id, version, actor, audience, audience_before, place)`,
    parameters: [
      workspaceId,
      rows[0]?.at ?? 0,
      (rows[0]?.position ?? 1) - 1,
      column(rows, (row) => row.kind),
      column(rows, (row) => row.id),
      column(rows, (row) => row.version),
      column(rows, (row) => row.actor),
      textColumn(rows, (row) => row.audience),
      textColumn(rows, (row) => row.audienceBefore),
    ],
  };
}

/** The events after `after`, up to `until` (inclusive), in order. */
export async function readEvents(
  sql: Queries,
  workspaceId: string,
  range: { after: number; until?: number; limit: number },
): Promise<LogEvent[]> {
  const rows = await run<Omit<LogEvent, 'entity'>>(
    sql,
    `select position, at, kind, id, version, actor, audience, audience_before as "audienceBefore"
     from log where workspace_id = $1 and position > $2 and position <= $3
     order by position limit $4`,
    [workspaceId, range.after, range.until ?? Number.MAX_SAFE_INTEGER, range.limit],
  );
  return rows.map((row) => ({ ...row, entity: entityOf(row.kind) }));
}

/** The kinds of event that change an entity. */
export function kindsOf(entity: string): EventKind[] {
  return (Object.keys(events) as EventKind[]).filter((kind) => events[kind].entity === entity);
}

/** A kind that a later release writes names nothing we know. */
const entityOf = (kind: EventKind): string => events[kind]?.entity ?? '';

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
