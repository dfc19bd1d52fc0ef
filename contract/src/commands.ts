import { z } from 'zod';
import { roleSchema } from './entities.ts';
import {
  agentIdSchema,
  contactIdSchema,
  conversationIdSchema,
  entryIdSchema,
  inboxIdSchema,
} from './ids.ts';
import { lookChangeSchema } from './look.ts';
import {
  colorSchema,
  domainsSchema,
  emailSchema,
  greetingSchema,
  messageTextSchema,
  nameSchema,
} from './text.ts';

/** Who may send a kind of command at all; what each may do with it is the server's policy. */
export type ActorKind = 'agent' | 'contact' | 'system';

export interface CommandDefinition {
  /** One sentence for the API description. */
  summary: string;
  actors: readonly ActorKind[];
  input: z.ZodObject;
  /** What a successful answer carries beside the position. */
  answer: z.ZodObject;
  /** Its REST address under /api/v1; null where only the system sends it. Path parameters are fields of `input`. */
  http: { method: 'POST' | 'PATCH' | 'PUT' | 'DELETE'; path: string } | null;
}

const define = <const Definition extends CommandDefinition>(definition: Definition) => definition;
const onConversation = z.strictObject({ conversationId: conversationIdSchema });
const nothing = z.object({});

/** Every change that enters the log, by kind. The server refuses to start when one has no handler. */
export const commands = {
  'message.receive': define({
    summary: 'A contact writes in an inbox; the first message opens a conversation.',
    actors: ['contact'],
    input: z.strictObject({ text: messageTextSchema }),
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
    summary: 'Close a conversation.',
    actors: ['agent'],
    input: onConversation,
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
    summary: 'An agent who was deactivated no longer has it: as if they had left.',
    actors: ['system'],
    input: z.strictObject({ conversationId: conversationIdSchema, agentId: agentIdSchema }),
    answer: nothing,
    http: null,
  }),
  'contact.change': define({
    summary: "Change a contact's name or mail address.",
    actors: ['agent'],
    input: z.strictObject({
      contactId: contactIdSchema,
      name: nameSchema.nullable().optional(),
      email: emailSchema.nullable().optional(),
    }),
    answer: nothing,
    http: { method: 'PATCH', path: '/contacts/:contactId' },
  }),
  'agent.add': define({
    summary: 'Somebody enters the workspace: its creator, or whoever follows an invitation.',
    actors: ['system'],
    input: z.strictObject({
      agentId: agentIdSchema,
      userId: z.guid(),
      name: nameSchema,
      email: emailSchema,
      role: roleSchema,
    }),
    answer: nothing,
    http: null,
  }),
  'agent.rename': define({
    summary: "Change one's own name.",
    actors: ['agent'],
    input: z.strictObject({ name: nameSchema }),
    answer: nothing,
    http: { method: 'PATCH', path: '/me' },
  }),
  'agent.change-role': define({
    summary:
      "Change an agent's role. Nobody changes somebody above themselves, or gives more than they have.",
    actors: ['agent'],
    input: z.strictObject({ agentId: agentIdSchema, role: roleSchema }),
    answer: nothing,
    http: { method: 'PATCH', path: '/agents/:agentId' },
  }),
  'agent.deactivate': define({
    summary:
      'An agent may no longer come in: their sessions end, and what they have goes back to the queue.',
    actors: ['agent'],
    input: z.strictObject({ agentId: agentIdSchema }),
    answer: nothing,
    http: { method: 'POST', path: '/agents/:agentId/deactivate' },
  }),
  'agent.reactivate': define({
    summary: 'A deactivated agent may come in again, with the role and inboxes they had.',
    actors: ['agent'],
    input: z.strictObject({ agentId: agentIdSchema }),
    answer: nothing,
    http: { method: 'POST', path: '/agents/:agentId/reactivate' },
  }),
  'inbox.create': define({
    summary: 'Create a web inbox. Who creates it is its first member.',
    actors: ['agent', 'system'],
    input: z.strictObject({ name: nameSchema }),
    answer: z.object({ inboxId: inboxIdSchema }),
    http: { method: 'POST', path: '/inboxes' },
  }),
  'inbox.change': define({
    summary: 'Change an inbox: its name, colour, greeting, look, or the domains that may embed it.',
    actors: ['agent'],
    input: z.strictObject({
      inboxId: inboxIdSchema,
      name: nameSchema.optional(),
      color: colorSchema.optional(),
      greeting: greetingSchema.optional(),
      look: lookChangeSchema.optional(),
      domains: domainsSchema.optional(),
    }),
    answer: nothing,
    http: { method: 'PATCH', path: '/inboxes/:inboxId' },
  }),
  'inbox.add-member': define({
    summary: 'Let an agent serve an inbox.',
    actors: ['agent', 'system'],
    input: z.strictObject({ inboxId: inboxIdSchema, agentId: agentIdSchema }),
    answer: nothing,
    http: { method: 'PUT', path: '/inboxes/:inboxId/members/:agentId' },
  }),
  'inbox.remove-member': define({
    summary: 'An agent no longer serves an inbox; their open desks lose sight of it at once.',
    actors: ['agent'],
    input: z.strictObject({ inboxId: inboxIdSchema, agentId: agentIdSchema }),
    answer: nothing,
    http: { method: 'DELETE', path: '/inboxes/:inboxId/members/:agentId' },
  }),
} as const satisfies Record<string, CommandDefinition>;

export type CommandKind = keyof typeof commands;
export type CommandInput<Kind extends CommandKind> = z.infer<(typeof commands)[Kind]['input']>;
export type CommandAnswer<Kind extends CommandKind> = z.infer<(typeof commands)[Kind]['answer']>;

/** Narrows a word from the wire to a kind of command. */
export function isCommandKind(kind: string): kind is CommandKind {
  return Object.hasOwn(commands, kind);
}
