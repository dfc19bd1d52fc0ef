import { z } from 'zod';
import { type CommandDefinition, define } from './command-definition.ts';
import { participantSchema } from './entities.ts';
import {
  agentIdSchema,
  contactIdSchema,
  conversationIdSchema,
  entryIdSchema,
  inboxIdSchema,
  labelIdSchema,
  teamIdSchema,
} from './ids.ts';
import { CONVERSATION_LABELS } from './limits.ts';
import { openingInputSchema } from './pre-chat.ts';
import { messageTextSchema, reasonSchema } from './text.ts';
import { timeSchema } from './time.ts';

const onConversation = z.strictObject({ conversationId: conversationIdSchema });
const toAgent = z.strictObject({ conversationId: conversationIdSchema, agentId: agentIdSchema });
const nothing = z.object({});

/** How a conversation stood, as far as a job can change it; `seq` is that of its last entry then. */
const beforeSchema = z.strictObject({
  seq: z.int(),
  status: z.enum(['open', 'pending']),
  assigneeId: agentIdSchema.nullable(),
  participants: z.array(participantSchema),
  preferredAgentId: agentIdSchema.nullable(),
  avoidedAgentId: agentIdSchema.nullable(),
  queuedAt: timeSchema.nullable(),
  isQueuedInFront: z.boolean(),
  pendingAt: timeSchema.nullable(),
  waitingSince: timeSchema.nullable(),
});

/** Everything that happens in a conversation. */
export const conversationCommands = {
  'message.receive': define({
    summary: 'A contact writes in an inbox; the first message opens a conversation.',
    actors: ['contact'],
    input: z.strictObject({
      text: messageTextSchema,
      opening: openingInputSchema.optional().meta({
        description: 'counts where it opens a conversation; not compared when it is sent again',
      }),
    }),
    answer: z.object({
      conversationId: conversationIdSchema,
      entryId: entryIdSchema,
      seq: z.int(),
    }),
    http: { method: 'POST', path: '/widget/messages' },
  }),
  'message.send': define({
    summary: 'An agent writes in a conversation they are in.',
    actors: ['agent'],
    input: z.strictObject({ conversationId: conversationIdSchema, text: messageTextSchema }),
    answer: z.object({ entryId: entryIdSchema, seq: z.int() }),
    http: { method: 'POST', path: '/conversations/:conversationId/messages' },
  }),
  'note.add': define({
    summary: 'A word among agents in a conversation; a contact never sees it.',
    actors: ['agent'],
    input: z.strictObject({ conversationId: conversationIdSchema, text: messageTextSchema }),
    answer: z.object({ entryId: entryIdSchema, seq: z.int() }),
    http: { method: 'POST', path: '/conversations/:conversationId/notes' },
  }),
  'conversation.start': define({
    summary: 'An agent writes to a contact first and becomes the assignee.',
    actors: ['agent'],
    input: z.strictObject({
      inboxId: inboxIdSchema,
      contactId: contactIdSchema,
      text: messageTextSchema,
    }),
    answer: z.object({
      conversationId: conversationIdSchema,
      entryId: entryIdSchema,
      seq: z.int(),
    }),
    http: { method: 'POST', path: '/conversations' },
  }),
  'conversation.accept': define({
    summary: 'Take a queued conversation; of two who accept at once one wins.',
    actors: ['agent'],
    input: onConversation,
    answer: nothing,
    http: { method: 'POST', path: '/conversations/:conversationId/accept' },
  }),
  'conversation.join': define({
    summary: 'Join: as assignee where nobody has it, else as participant.',
    actors: ['agent'],
    input: onConversation,
    answer: z.object({ as: z.enum(['assignee', 'participant']) }),
    http: { method: 'POST', path: '/conversations/:conversationId/join' },
  }),
  'conversation.leave': define({
    summary: 'Leave: the longest participant takes over, with none it is queued again.',
    actors: ['agent'],
    input: onConversation,
    answer: nothing,
    http: { method: 'POST', path: '/conversations/:conversationId/leave' },
  }),
  'conversation.assign': define({
    summary:
      'Give a conversation to an agent who is online and has room; a supervisor may force it beyond that, with a note that says why.',
    actors: ['agent'],
    input: toAgent.extend({
      note: messageTextSchema
        .optional()
        .meta({ description: 'for the next agent; a contact never sees it' }),
      isForced: z.boolean().optional(),
    }),
    answer: nothing,
    http: { method: 'POST', path: '/conversations/:conversationId/assign' },
  }),
  'conversation.unassign': define({
    summary: 'Nobody has it any more: back to its place in the queue.',
    actors: ['agent'],
    input: onConversation,
    answer: nothing,
    http: { method: 'POST', path: '/conversations/:conversationId/unassign' },
  }),
  'conversation.add-participant': define({
    summary: 'Bring a colleague into a conversation that somebody has.',
    actors: ['agent'],
    input: toAgent,
    answer: nothing,
    http: { method: 'PUT', path: '/conversations/:conversationId/participants/:agentId' },
  }),
  'conversation.flag': define({
    summary: 'Keep it for follow-up: while the flag stands, no clock ends it or takes it away.',
    actors: ['agent'],
    input: onConversation,
    answer: nothing,
    http: { method: 'PUT', path: '/conversations/:conversationId/flag' },
  }),
  'conversation.unflag': define({
    summary: 'Take the flag off; its clocks begin anew.',
    actors: ['agent'],
    input: onConversation,
    answer: nothing,
    http: { method: 'DELETE', path: '/conversations/:conversationId/flag' },
  }),
  'conversation.label': define({
    summary: 'Put labels on a conversation and take others off it; what is so already stays so.',
    actors: ['agent'],
    input: onConversation.extend({
      add: z.array(labelIdSchema).max(CONVERSATION_LABELS).optional(),
      remove: z.array(labelIdSchema).max(CONVERSATION_LABELS).optional(),
    }),
    answer: nothing,
    http: { method: 'POST', path: '/conversations/:conversationId/labels' },
  }),
  'conversation.transfer': define({
    summary: 'Pass it on to a team: nobody has it any more, and it waits in that queue.',
    actors: ['agent'],
    input: z.strictObject({
      conversationId: conversationIdSchema,
      teamId: teamIdSchema.nullable().meta({ description: 'null: to all who serve the inbox' }),
      note: messageTextSchema
        .optional()
        .meta({ description: 'for whoever takes it; a contact never sees it' }),
    }),
    answer: nothing,
    http: { method: 'POST', path: '/conversations/:conversationId/transfer' },
  }),
  'conversation.lose-team': define({
    summary: 'Its team was deleted: it stands in the queue of the whole inbox.',
    actors: ['system'],
    input: onConversation,
    answer: nothing,
    http: null,
  }),
  'conversation.regain-team': define({
    summary: 'Its team, which was deleted, is back: it stands in that queue again.',
    actors: ['system'],
    input: onConversation.extend({
      teamId: teamIdSchema,
      seq: z.int().nonnegative().meta({ description: 'as it stood when it was found' }),
    }),
    answer: nothing,
    http: null,
  }),
  'conversation.mark-pending': define({
    summary: 'Mark pending: the agent waits for the contact.',
    actors: ['agent'],
    input: onConversation,
    answer: nothing,
    http: { method: 'POST', path: '/conversations/:conversationId/pending' },
  }),
  'conversation.mark-open': define({
    summary: 'Take a pending conversation up again without waiting for the contact.',
    actors: ['agent'],
    input: onConversation,
    answer: nothing,
    http: { method: 'POST', path: '/conversations/:conversationId/open' },
  }),
  'conversation.close': define({
    summary: 'Close a conversation. A supervisor closes what somebody else has by giving a reason.',
    actors: ['agent'],
    input: onConversation.extend({ reason: reasonSchema.optional() }),
    answer: nothing,
    http: { method: 'POST', path: '/conversations/:conversationId/close' },
  }),
  'conversation.reopen': define({
    summary: 'Reopen a closed conversation and become its assignee.',
    actors: ['agent'],
    input: onConversation,
    answer: nothing,
    http: { method: 'POST', path: '/conversations/:conversationId/reopen' },
  }),
  'conversation.end': define({
    summary: 'The contact ends the chat in this inbox.',
    actors: ['contact'],
    input: z.strictObject({}),
    answer: nothing,
    http: { method: 'POST', path: '/widget/end' },
  }),
  'conversation.tick': define({
    summary: 'A deadline of the conversation may have come.',
    actors: ['system'],
    input: onConversation,
    answer: nothing,
    http: null,
  }),
  'conversation.release': define({
    summary: 'An agent who was deactivated or went offline no longer has it.',
    actors: ['system'],
    input: z.strictObject({ conversationId: conversationIdSchema, agentId: agentIdSchema }),
    answer: nothing,
    http: null,
  }),
  'conversation.put-back': define({
    summary:
      'What an agent did to many is taken back: it is as it was, unless something has happened to it since.',
    actors: ['system'],
    input: z.strictObject({
      conversationId: conversationIdSchema,
      agentId: agentIdSchema,
      before: beforeSchema,
    }),
    answer: nothing,
    http: null,
  }),
} as const satisfies Record<string, CommandDefinition>;
