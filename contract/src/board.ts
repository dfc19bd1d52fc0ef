import { z } from 'zod';
import { agentIdSchema } from './ids.ts';
import { timeSchema } from './time.ts';

/** What one agent has to do now. */
export const loadSchema = z.object({
  open: z.int().meta({ description: 'assigned to them and open: what their capacity counts' }),
  pending: z.int(),
  unanswered: z
    .int()
    .meta({ description: 'of the open ones, those in which the contact waits for an answer' }),
});
export type Load = z.infer<typeof loadSchema>;

/** how the whole workspace stands now, for supervisors. Who is online since when stands with the agents. */
export const boardSchema = z.object({
  waiting: z.int().meta({ description: 'conversations that nobody has taken' }),
  waitingSince: timeSchema.nullable().meta({
    description: 'since when the contact waits who has waited longest; null: nobody does',
  }),
  agents: z
    .record(agentIdSchema, loadSchema)
    .meta({ description: 'those who have anything to do' }),
});
export type Board = z.infer<typeof boardSchema>;
