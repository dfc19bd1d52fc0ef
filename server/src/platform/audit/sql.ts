import { newOrderedId } from '../ids.ts';
import { column, documentColumn, textColumn } from '../store/columns.ts';
import { type Queries, run } from '../store/connect.ts';
import { NOW_MS, readNow } from '../store/now.ts';
import { runStatement, type Statement } from '../store/statement.ts';
import type { AuditNote } from './audit.ts';

/** A note with who made the change. `id` says the order of those of one moment. */
export interface SignedNote extends AuditNote {
  id: string;
  actor: { kind: string; id: string };
}

/** All of one moment. */
export function appendAudit(
  workspaceId: string,
  { at, notes }: { at: number; notes: readonly SignedNote[] },
): Statement {
  return {
    text: `insert into audit (workspace_id, at, id, actor_kind, actor_id, what, subject_id, subject_name, whom_id, whom_name, changes)
     select $1, $2::bigint, * from unnest($3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::text[], $9::uuid[], $10::text[], $11::jsonb[])`,
    parameters: [
      workspaceId,
      at,
      column(notes, ({ id }) => id),
      column(notes, ({ actor }) => actor.kind),
      column(notes, ({ actor }) => actor.id),
      column(notes, ({ what }) => what),
      column(notes, ({ subject }) => subject.id),
      textColumn(notes, ({ subject }) => subject.name),
      column(notes, ({ whom }) => whom?.id ?? null),
      textColumn(notes, ({ whom }) => whom?.name ?? null),
      documentColumn(notes, ({ changes }) => changes ?? []),
    ],
  };
}

/** Of a change outside the pipeline, in the transaction that makes it. */
export async function writeAudit(
  sql: Queries,
  workspaceId: string,
  { actor, note }: { actor: SignedNote['actor']; note: AuditNote },
): Promise<void> {
  const at = await readNow(sql);
  const notes = [{ ...note, id: newOrderedId(at), actor }];
  await runStatement(sql, appendAudit(workspaceId, { at, notes }));
}

/** The eldest, as far as they are older than what is kept. Answers how many went. */
export async function dropAudit(
  sql: Queries,
  workspaceId: string,
  { keptMs, limit }: { keptMs: number; limit: number },
): Promise<number> {
  const [row] = await run<{ count: number }>(
    sql,
    `with eldest as (
       select id from audit
       where workspace_id = $1 and at < ${NOW_MS} - $2::bigint
       order by at limit $3),
     dropped as (
       delete from audit using eldest where workspace_id = $1 and audit.id = eldest.id returning 1)
     select count(*) as count from dropped`,
    [workspaceId, keptMs, limit],
  );
  return row?.count ?? 0;
}
