import { z } from 'zod';
import { type ErrorCode, errors } from './errors.ts';
import { agentIdSchema, bulkJobIdSchema, conversationIdSchema, labelIdSchema } from './ids.ts';
import { listFilterSchema, SEARCH_LIMIT, sortSchema } from './list-query.ts';
import { reasonSchema, storable } from './text.ts';
import { timeSchema, versionSchema } from './time.ts';
import { lists } from './views/lists.ts';

/** Conversations that one job takes at most. */
export const BULK_LIMIT = 20_000;
/** Of which so many can be named one by one; more are meant by their list. */
export const BULK_NAMED_LIMIT = 1_000;

/** Jobs of one agent that are not finished; one that is being taken back is one with what takes it back. */
export const BULK_JOBS_AT_ONCE = 5;

/** What can be done to many conversations at once. */
export const bulkActionSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('assign'), agentId: agentIdSchema }),
  z.strictObject({ do: z.literal('unassign') }),
  z.strictObject({
    do: z.literal('close'),
    reason: reasonSchema
      .optional()
      .meta({ description: 'of a supervisor, for those that somebody else has' }),
  }),
  z.strictObject({ do: z.literal('flag') }),
  z.strictObject({ do: z.literal('unflag') }),
  z.strictObject({ do: z.literal('label'), labelId: labelIdSchema }),
  z.strictObject({ do: z.literal('unlabel'), labelId: labelIdSchema }),
]);
export type BulkAction = z.infer<typeof bulkActionSchema>;

/** Which conversations: named, or all that a list shows to who asks. */
export const bulkChoiceSchema = z.union([
  z.strictObject({ conversationIds: z.array(conversationIdSchema).min(1).max(BULK_NAMED_LIMIT) }),
  z.strictObject({
    list: z.enum(lists),
    sort: sortSchema.optional(),
    filter: listFilterSchema.default({}),
    search: storable(z.string().max(SEARCH_LIMIT)).default(''),
  }),
]);
export type BulkChoice = z.input<typeof bulkChoiceSchema>;

/** How far such a job is; the same on all devices of the agent who asked for it. */
export const bulkJobSchema = z.object({
  id: bulkJobIdSchema,
  version: versionSchema,
  action: bulkActionSchema,
  undoOf: bulkJobIdSchema.nullable().meta({ description: 'the job that it takes back' }),
  total: z.int(),
  done: z.int(),
  refused: z
    .partialRecord(z.enum(Object.keys(errors) as [ErrorCode, ...ErrorCode[]]), z.int())
    .meta({ description: 'how many were refused, by the code' }),
  isStopped: z.boolean().meta({
    description: 'it is being taken back, or was, before it had come to all',
  }),
  createdAt: timeSchema,
  finishedAt: timeSchema.nullable(),
});
export type BulkJob = z.infer<typeof bulkJobSchema>;
