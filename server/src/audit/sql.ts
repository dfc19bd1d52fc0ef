import type { AuditChange, AuditKind } from '@deskbell/contract';
import { words } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';

export interface AuditRow {
  id: string;
  at: number;
  actorKind: string;
  actorId: string;
  /** As they are called now: who acted is known by that. Null: the system. */
  actorName: string | null;
  what: AuditKind;
  subjectId: string;
  subjectName: string;
  whomId: string | null;
  whomName: string | null;
  changes: AuditChange[];
}

/** What is asked for; null: all. `from` (inclusive) and `until` (exclusive) are times. */
export interface AuditPage {
  kinds: readonly AuditKind[];
  by: string | null;
  from: number | null;
  until: number | null;
  /** The last entry of the page before. */
  after: { at: number; id: string } | null;
  limit: number;
}

/** A page of the audit log, the newest first. */
export function readAudit(
  sql: Queries,
  workspaceId: string,
  { kinds, by, from, until, after, limit }: AuditPage,
): Promise<AuditRow[]> {
  return run<AuditRow>(
    sql,
    `select e.id, e.at, e.actor_kind as "actorKind", e.actor_id as "actorId", a.name as "actorName", e.what,
       e.subject_id as "subjectId", e.subject_name as "subjectName", e.whom_id as "whomId", e.whom_name as "whomName", e.changes
     from audit e left join agents a on a.workspace_id = e.workspace_id and a.id = e.actor_id
     where e.workspace_id = $1 and e.what = any($2::text[]) and ($3::uuid is null or e.actor_id = $3)
       and e.at >= $4::bigint and e.at < $5::bigint and (e.at, e.id) < ($6::bigint, $7::uuid)
     order by e.at desc, e.id desc limit $8`,
    [
      workspaceId,
      words(kinds),
      by,
      from ?? 0,
      until ?? Number.MAX_SAFE_INTEGER,
      after?.at ?? Number.MAX_SAFE_INTEGER,
      after?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
      limit,
    ],
  );
}
