import type { BulkJob } from '@deskbell/contract';
import type { ProgressRow } from './sql.ts';

/** A job as its agent sees it. What is taken never becomes fewer, so that its number says which state is newer. */
export function jobForAgent(row: ProgressRow): BulkJob {
  const { '': done = 0, ...refused } = row.outcomes;
  const taken = Object.values(row.outcomes).reduce((sum, count) => sum + count, 0);
  return {
    id: row.id as BulkJob['id'],
    version: 1 + taken + (row.isStopped ? 1 : 0) + (row.finishedAt === null ? 0 : 1),
    action: row.action,
    undoOf: row.undoOf as BulkJob['undoOf'],
    total: row.total,
    done,
    refused,
    isStopped: row.isStopped,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
  };
}
