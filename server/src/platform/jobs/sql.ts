import { column, documentColumn, textColumn } from '../store/columns.ts';
import { type Queries, run } from '../store/connect.ts';
import { NOW_MS } from '../store/now.ts';

/** A server that has not come back for this long has lost what it was doing, in ms. */
const LEASE_MS = 60_000;

export interface JobRow {
  workspaceId: string;
  kind: string;
  /** Within workspace and kind. */
  key: string;
  input: unknown;
  /** This one is counted. */
  attempts: number;
}

export interface NewJob {
  kind: string;
  /** Entered once, whoever enters it how often. */
  key: string;
  input: object;
  /** Not before so many ms from now. */
  afterMs?: number;
}

/** Enters jobs; those that stand there already stay as they are. */
export function enterJobs(
  sql: Queries,
  workspaceId: string,
  jobs: readonly NewJob[],
): Promise<unknown> {
  return run(
    sql,
    `insert into jobs (workspace_id, kind, key, input, due_at)
     select $1, kind, key, input, ${NOW_MS} + after from unnest($2::text[], $3::text[], $4::jsonb[], $5::bigint[]) as t(kind, key, input, after)
     on conflict do nothing`,
    [
      workspaceId,
      textColumn(jobs, (job) => job.kind),
      textColumn(jobs, (job) => job.key),
      documentColumn(jobs, (job) => job.input),
      column(jobs, (job) => job.afterMs ?? 0),
    ],
  );
}

/** Takes some that are due, each for this server alone until its lease ends. */
export function takeJobs(sql: Queries, kinds: readonly string[], limit: number): Promise<JobRow[]> {
  return run<JobRow>(
    sql,
    `update jobs as j set leased_until = ${NOW_MS} + ${LEASE_MS}, attempts = attempts + 1
     from (
       select workspace_id, kind, key from jobs
       where failed_at is null and due_at <= ${NOW_MS} and leased_until < ${NOW_MS} and kind = any($1::text[])
       order by due_at limit $2 for update skip locked) as due
     where j.workspace_id = due.workspace_id and j.kind = due.kind and j.key = due.key
     returning j.workspace_id as "workspaceId", j.kind, j.key, j.input, j.attempts`,
    [`{${kinds.join(',')}}`, limit],
  );
}

const thisOne = 'workspace_id = $1 and kind = $2 and key = $3';
const place = ({ workspaceId, kind, key }: JobRow) => [workspaceId, kind, key];

export function deleteJob(sql: Queries, job: JobRow): Promise<unknown> {
  return run(sql, `delete from jobs where ${thisOne}`, place(job));
}

/** Again later; `input` takes the place of what it was given, and its attempts count anew. */
export function continueJob(
  sql: Queries,
  job: JobRow,
  next: { afterMs: number; input: object },
): Promise<unknown> {
  return run(
    sql,
    `update jobs set due_at = ${NOW_MS} + $4, input = $5::text::jsonb, attempts = 0, leased_until = 0 where ${thisOne}`,
    [...place(job), next.afterMs, JSON.stringify(next.input)],
  );
}

export function retryJob(
  sql: Queries,
  job: JobRow,
  why: { afterMs: number; error: string },
): Promise<unknown> {
  return run(
    sql,
    `update jobs set due_at = ${NOW_MS} + $4, error = $5, leased_until = 0 where ${thisOne}`,
    [...place(job), why.afterMs, why.error],
  );
}

export function failJob(sql: Queries, job: JobRow, error: string): Promise<unknown> {
  return run(
    sql,
    `update jobs set failed_at = ${NOW_MS}, error = $4, leased_until = 0 where ${thisOne}`,
    [...place(job), error],
  );
}

/** What failed for good is shown for so long, in ms. */
const SHOWN_MS = 7 * 24 * 3_600_000;

export function forgetFailed(sql: Queries): Promise<unknown> {
  return run(sql, `delete from jobs where failed_at < ${NOW_MS} - ${SHOWN_MS}`);
}
