import type { BulkAction } from '@deskbell/contract';
import { textColumn, words } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';
import type { Before } from './rules.ts';

/** How long a server that says nothing keeps a job, and how long jobs are kept; in ms. */
const LEASE_MS = 15_000;
const KEPT_MS = 7 * 24 * 3_600_000;

/** A job, and whose it is. */
export interface JobPlace {
  workspaceId: string;
  agentId: string;
  id: string;
}

export interface JobRow extends JobPlace {
  action: BulkAction;
  undoOf: string | null;
}

export interface ProgressRow extends JobRow {
  total: number;
  /** It was taken back before it had come to all. */
  isStopped: boolean;
  /** How many were done (''), or refused by which code. */
  outcomes: Record<string, number>;
  createdAt: number;
  finishedAt: number | null;
}

export interface ItemRow {
  place: number;
  conversationId: string;
  before: Before | null;
}

const jobColumns =
  'workspace_id as "workspaceId", id, agent_id as "agentId", action, undo_of as "undoOf"';

/** Writes a job and its items; forgets those of this workspace that are old. */
export async function insertJob(
  sql: Queries,
  job: JobRow & { total: number },
  conversationIds: readonly string[],
): Promise<void> {
  await run(
    sql,
    `with old as (
       delete from bulk_jobs where workspace_id = $1 and created_at < ${NOW_MS} - ${KEPT_MS} and finished_at is not null
         and id is distinct from $5::uuid returning id
     ), dropped as (
       delete from bulk_items where workspace_id = $1 and job_id in (select id from old)
     ), job as (
       insert into bulk_jobs (workspace_id, id, agent_id, action, undo_of, total, created_at)
       values ($1, $2, $3, $4::text::jsonb, $5, $6, ${NOW_MS})
     )
     insert into bulk_items (workspace_id, job_id, place, conversation_id)
     select $1, $2, (place - 1)::int, id from unnest($7::uuid[]) with ordinality as chosen(id, place)`,
    [
      job.workspaceId,
      job.id,
      job.agentId,
      JSON.stringify(job.action),
      job.undoOf,
      job.total,
      words(conversationIds),
    ],
  );
}

export async function findJob(
  sql: Queries,
  workspaceId: string,
  sought: { id: string; agentId: string },
): Promise<JobRow | undefined> {
  const [row] = await run<JobRow>(
    sql,
    `select ${jobColumns} from bulk_jobs where workspace_id = $1 and id = $2 and agent_id = $3`,
    [workspaceId, sought.id, sought.agentId],
  );
  return row;
}

const progressColumns = `workspace_id as "workspaceId", id, agent_id as "agentId", action, undo_of as "undoOf", total, is_stopped as "isStopped", outcomes,
  created_at as "createdAt", finished_at as "finishedAt"`;
/** Of an agent's jobs so many are told, the newest; those that are not finished before all. */
const TOLD_AT_ONCE = 20;

/** How far an agent's jobs are, the newest first: one of them, or the last ones. */
export function readProgress(
  sql: Queries,
  workspaceId: string,
  of: { agentId: string; id?: string },
): Promise<ProgressRow[]> {
  return run(
    sql,
    `select ${progressColumns} from bulk_jobs
     where workspace_id = $1 and agent_id = $2 and ($3::uuid is null or id = $3)
     order by finished_at is not null, created_at desc limit ${TOLD_AT_ONCE}`,
    [workspaceId, of.agentId, of.id ?? null],
  );
}

/** The jobs of these workspaces that are not finished, or were until a moment ago. */
export function readMoving(
  sql: Queries,
  workspaceIds: readonly string[],
  recentMs: number,
): Promise<ProgressRow[]> {
  return run(
    sql,
    `select ${progressColumns} from bulk_jobs
     where (finished_at is null or finished_at > ${NOW_MS} - $2::bigint) and workspace_id = any($1::uuid[])`,
    [words(workspaceIds), recentMs],
  );
}

/**
 * Takes the job that was longest not taken up, of those to be done that no other server has, and holds it for a while. What
 * takes another back waits for its end.
 */
export async function takeJob(sql: Queries, serverId: string): Promise<JobRow | undefined> {
  const [row] = await run<JobRow>(
    sql,
    `update bulk_jobs set leased_by = $1, leased_until = ${NOW_MS} + ${LEASE_MS}
     where (workspace_id, id) in (
       select workspace_id, id from bulk_jobs j where finished_at is null and (leased_by = $1 or leased_until < ${NOW_MS})
         and not exists (select from bulk_jobs f where f.workspace_id = j.workspace_id and f.id = j.undo_of and f.finished_at is null)
       order by leased_until, created_at limit 1 for update skip locked)
     returning ${jobColumns}`,
    [serverId],
  );
  return row;
}

/** Until the transaction ends nobody else looks at the items of this job, settles or drops them. */
export function holdJob(sql: Queries, { workspaceId, id }: JobPlace): Promise<unknown> {
  return run(sql, 'select from bulk_jobs where workspace_id = $1 and id = $2 for update', [
    workspaceId,
    id,
  ]);
}

/** The next items, each with how its conversation stood when the job first came to it. To be asked while it is held. */
export async function nextItems(sql: Queries, job: JobRow, limit: number): Promise<ItemRow[]> {
  const place = [job.workspaceId, job.id];
  await run(
    sql,
    `update bulk_items i set before = jsonb_build_object('seq', c.seq, 'status', c.status, 'assigneeId', c.assignee_id,
       'participants', c.participants, 'preferredAgentId', c.preferred_agent_id, 'avoidedAgentId', c.avoided_agent_id,
       'queuedAt', c.queued_at, 'isQueuedInFront', c.is_queued_in_front, 'pendingAt', c.pending_at,
       'waitingSince', c.waiting_since, 'isFlagged', c.is_flagged, 'labelIds', c.label_ids)
     from (select place from bulk_items where workspace_id = $1 and job_id = $2 and outcome is null order by place limit $3) as next,
       conversations c
     where i.workspace_id = $1 and i.job_id = $2 and i.place = next.place and i.before is null
       and c.workspace_id = $1 and c.id = i.conversation_id`,
    [...place, limit],
  );
  return run(
    sql,
    `select place, conversation_id as "conversationId", before from bulk_items
     where workspace_id = $1 and job_id = $2 and outcome is null order by place limit $3`,
    [...place, limit],
  );
}

/** What became of items: '' where they were done, else the code of the refusal. Their job, which is held, counts them, each once. */
export async function settleItems(
  sql: Queries,
  job: JobRow,
  settled: readonly { place: number; outcome: string }[],
): Promise<void> {
  await run(
    sql,
    `with settled as (
       update bulk_items i set outcome = s.outcome from unnest($3::int[], $4::text[]) as s(place, outcome)
       where i.workspace_id = $1 and i.job_id = $2 and i.place = s.place and i.outcome is null returning i.outcome)
     update bulk_jobs set outcomes = (
       select coalesce(jsonb_object_agg(outcome, count), '{}') from (
         select outcome, sum(count)::int as count from (
           select key as outcome, value::int as count from jsonb_each_text(outcomes)
           union all select outcome, 1 from settled) as counted
         group by outcome) as summed)
     where workspace_id = $1 and id = $2`,
    [
      job.workspaceId,
      job.id,
      words(settled.map(({ place }) => place)),
      textColumn(settled, ({ outcome }) => outcome),
    ],
  );
}

/** False: it was finished already. To be asked while it is held. */
export async function finishJob(sql: Queries, job: JobRow): Promise<boolean> {
  const rows = await run(
    sql,
    `update bulk_jobs set finished_at = ${NOW_MS} where workspace_id = $1 and id = $2 and finished_at is null returning 1`,
    [job.workspaceId, job.id],
  );
  return rows.length > 0;
}

/** Of the item that an undo takes back: how the conversation stood before the first job. */
export async function beforeFirst(
  sql: Queries,
  job: JobRow,
  conversationIds: readonly string[],
): Promise<Map<string, Before>> {
  const rows = await run<{ id: string; before: Before }>(
    sql,
    `select conversation_id as id, before from bulk_items
     where workspace_id = $1 and job_id = $2 and outcome = '' and before is not null and conversation_id = any($3::uuid[])`,
    [job.workspaceId, job.undoOf, words(conversationIds)],
  );
  return new Map(rows.map(({ id, before }) => [id, before]));
}
