import { BULK_JOBS_AT_ONCE, type Refusal, refuse } from '@deskbell/contract';
import { newId } from '../platform/ids.ts';
import type { Pool, Queries } from '../platform/store/connect.ts';
import { holdJob, insertJob, type JobRow, readProgress } from './sql.ts';
import { countUnfinished, fillUndoing, findUndoing, holdBeginning, stopJob } from './undo.sql.ts';

/** Keeps a job; answers its id. */
export function keepJob(
  pool: Pool,
  job: Omit<JobRow, 'id'>,
  conversationIds: readonly string[],
): Promise<string | Refusal> {
  return beginning(pool, job, async (sql) => {
    const refused = await refusedBeside(sql, job);
    if (refused) return refused;
    const kept = { ...job, id: newId(Date.now()), total: conversationIds.length };
    await insertJob(sql, kept, conversationIds);
    return kept.id;
  });
}

/** Keeps what takes a job back, which stops where it is not finished; answers its id, also to who asks again meanwhile. */
export function keepUndo(pool: Pool, job: JobRow): Promise<string | Refusal> {
  return beginning(pool, job, async (sql) => {
    await holdJob(sql, job);
    const undoing = await findUndoing(sql, job);
    if (undoing !== undefined) return undoing;
    const { workspaceId, agentId, action, id: undoOf } = job;
    const [standing] = await readProgress(sql, workspaceId, { agentId, id: undoOf });
    const undo = { workspaceId, agentId, action, undoOf, id: newId(Date.now()) };
    if (standing?.finishedAt === null) {
      await insertJob(sql, { ...undo, total: await stopJob(sql, job) }, []);
      return undo.id;
    }
    const done = standing?.outcomes[''] ?? 0;
    const refused = done === 0 ? refuse('not-found') : await refusedBeside(sql, job);
    if (refused) return refused;
    await insertJob(sql, { ...undo, total: done }, []);
    await fillUndoing(sql, job);
    return undo.id;
  });
}

function beginning(
  pool: Pool,
  { agentId }: { agentId: string },
  act: (sql: Queries) => Promise<string | Refusal>,
): Promise<string | Refusal> {
  return pool.begin(async (transaction) => {
    const sql = transaction as unknown as Queries;
    await holdBeginning(sql, agentId);
    return act(sql);
  }) as Promise<string | Refusal>;
}

/** So that nobody begins jobs without end. */
async function refusedBeside(
  sql: Queries,
  of: { workspaceId: string; agentId: string },
): Promise<Refusal | null> {
  const count = await countUnfinished(sql, of);
  return count < BULK_JOBS_AT_ONCE ? null : refuse('jobs-unfinished');
}
