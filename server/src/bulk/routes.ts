import {
  BULK_JOBS_AT_ONCE,
  BULK_LIMIT,
  type BulkAction,
  bulkActionSchema,
  bulkChoiceSchema,
  bulkJobIdSchema,
  bulkJobSchema,
  canSort,
  refuse,
  sortsOf,
  usualSort,
} from '@deskbell/contract';
import { z } from 'zod';
import { findSeen, readListIds } from '../lists/index.ts';
import { type AgentParty, type Route, route } from '../platform/http/route.ts';
import type { Pool } from '../platform/store/connect.ts';
import { jobForAgent } from './present.ts';
import type { BulkRunner } from './runner.ts';
import { findJob, readProgress } from './sql.ts';

const topic = 'Conversations';
const onJob = z.object({ jobId: bulkJobIdSchema });
const oneJob = z.object({ job: bulkJobSchema });

/** What is done to many conversations at once. A job belongs to who asked for it. */
export function bulkRoutes({ pool, bulk }: { pool: Pool; bulk: BulkRunner }): Route[] {
  const begin = async (
    { workspaceId, agentId }: AgentParty,
    action: BulkAction,
    ids: readonly string[],
  ) => {
    if (ids.length === 0) return refuse('not-found');
    const begun = await bulk.begin({ workspaceId, agentId, action, undoOf: null }, ids);
    return typeof begun === 'string'
      ? progressOf(pool, { workspaceId, agentId, id: begun })
      : begun;
  };
  return [
    route({
      method: 'POST',
      path: '/bulk-jobs',
      summary: `Do something to many conversations, at most ${BULK_LIMIT}; each by one's own rights. At most ${BULK_JOBS_AT_ONCE} jobs of one agent go on at once.`,
      topic,
      who: 'agent',
      body: z.strictObject({ action: bulkActionSchema, conversations: bulkChoiceSchema }),
      answer: oneJob,
      async handle({ party, body: { action, conversations } }) {
        if ('conversationIds' in conversations)
          return begin(party, action, await findSeen(pool, party, conversations.conversationIds));
        const { list, sort = usualSort(list) } = conversations;
        if (!canSort(list, sort))
          return refuse('invalid', `${list} is sorted by ${sortsOf(list).join(', ')}`, {
            field: 'conversations.sort',
          });
        const page = { ...conversations, sort, sight: party.sight, limit: BULK_LIMIT };
        return begin(party, action, await readListIds(pool, party.workspaceId, page));
      },
      refusals: ['not-found', 'jobs-unfinished'],
    }),
    route({
      method: 'GET',
      path: '/bulk-jobs',
      summary: "How far one's own last jobs are, those first that aren't finished.",
      topic,
      who: 'agent',
      answer: z.object({ jobs: z.array(bulkJobSchema) }),
      handle: async ({ party: { workspaceId, agentId } }) => ({
        jobs: (await readProgress(pool, workspaceId, { agentId })).map(jobForAgent),
      }),
    }),
    route({
      method: 'GET',
      path: '/bulk-jobs/:jobId',
      summary: 'How far a job of one’s own is.',
      topic,
      who: 'agent',
      params: onJob,
      answer: oneJob,
      refusals: ['not-found'],
      handle: ({ party, params }) => progressOf(pool, { ...party, id: params.jobId }),
    }),
    route({
      method: 'POST',
      path: '/bulk-jobs/:jobId/undo',
      summary:
        'Take a job of one’s own back, as far as it was done. One that goes on is stopped before.',
      topic,
      who: 'agent',
      params: onJob,
      answer: oneJob,
      refusals: ['not-found', 'jobs-unfinished'],
      async handle({ party, params }) {
        const { workspaceId, agentId } = party;
        const job = await findJob(pool, workspaceId, { id: params.jobId, agentId });
        if (!job || job.undoOf !== null) return refuse('not-found');
        const begun = await bulk.takeBack(job);
        return typeof begun === 'string'
          ? progressOf(pool, { workspaceId, agentId, id: begun })
          : begun;
      },
    }),
  ];
}

async function progressOf(
  pool: Pool,
  { workspaceId, agentId, id }: { workspaceId: string; agentId: string; id: string },
) {
  const [row] = await readProgress(pool, workspaceId, { agentId, id });
  return row ? { job: jobForAgent(row) } : refuse('not-found');
}
