import { z } from 'zod';
import {
  agentIdSchema,
  clientIdSchema,
  contactIdSchema,
  conversationIdSchema,
  entryIdSchema,
  inboxIdSchema,
  workspaceIdSchema,
} from './ids.ts';
import { lookSchema } from './look.ts';

/**
 * What desks and widgets hold. Each entity has an id and a version that grows with every change; a
 * store keeps the highest it has seen. Times are milliseconds since 1970 (UTC).
 */
export const timeSchema = z.int().meta({ description: 'milliseconds since 1970, UTC' });
const versionSchema = z.int().meta({ description: 'grows with every change of this entity' });

export const roles = ['owner', 'admin', 'supervisor', 'agent'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export const statuses = ['open', 'pending', 'closed'] as const;
export const statusSchema = z.enum(statuses);
export type Status = z.infer<typeof statusSchema>;

/** Who has an unclosed conversation. `bot` and `dialogue` are written by rules that come later. */
export const holderSchema = z.enum(['nobody', 'agent', 'bot', 'dialogue']);
export type Holder = z.infer<typeof holderSchema>;

export const closeReasons = [
  'agent',
  'contact',
  'inactivity',
  'pending-timeout',
  'blocked',
  'ticketed',
  'declined',
] as const;
export const closeReasonSchema = z.enum(closeReasons);
export type CloseReason = z.infer<typeof closeReasonSchema>;

/** Which side spoke: the contact's, or ours (agent, bot or dialogue). */
export const sideSchema = z.enum(['contact', 'ours']);
export type Side = z.infer<typeof sideSchema>;

export const authorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('contact'), id: contactIdSchema }),
  z.object({ kind: z.literal('agent'), id: agentIdSchema }),
  z.object({ kind: z.literal('system') }),
]);
export type Author = z.infer<typeof authorSchema>;

/** What happened to a conversation, besides messages: one entry of the timeline each. */
export const activitySchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('opened') }),
  z.object({ what: z.literal('assigned'), agentId: agentIdSchema }),
  z.object({ what: z.literal('joined'), agentId: agentIdSchema }),
  z.object({
    what: z.literal('left'),
    agentId: agentIdSchema,
    successorId: agentIdSchema.nullable(),
  }),
  z.object({ what: z.literal('pending') }),
  z.object({ what: z.literal('resumed') }),
  z.object({ what: z.literal('closed'), reason: closeReasonSchema }),
  z.object({ what: z.literal('reopened') }),
]);
export type Activity = z.infer<typeof activitySchema>;

const entryBase = {
  id: entryIdSchema,
  conversationId: conversationIdSchema,
  seq: z.int().meta({ description: "place in the conversation's own sequence: 1, 2, 3 …" }),
  at: timeSchema,
  author: authorSchema,
};
export const messageEntrySchema = z.object({
  ...entryBase,
  kind: z.literal('message'),
  text: z.string(),
  clientId: clientIdSchema.nullable().meta({ description: 'the id its sender gave it' }),
});
export const activityEntrySchema = z.object({
  ...entryBase,
  kind: z.literal('activity'),
  activity: activitySchema,
});
export const entrySchema = z.discriminatedUnion('kind', [messageEntrySchema, activityEntrySchema]);
export type MessageEntry = z.infer<typeof messageEntrySchema>;
export type ActivityEntry = z.infer<typeof activityEntrySchema>;
export type Entry = z.infer<typeof entrySchema>;

export const participantSchema = z.object({ agentId: agentIdSchema, joinedAt: timeSchema });
export type Participant = z.infer<typeof participantSchema>;

export const lastMessageSchema = z.object({
  side: sideSchema,
  text: z.string().meta({ description: 'the first 160 characters' }),
  at: timeSchema,
  seq: z.int(),
});

/** A conversation as agents see it: what a card and the head of a timeline show. Its version is its sequence. */
export const conversationSchema = z.object({
  id: conversationIdSchema,
  version: versionSchema,
  inboxId: inboxIdSchema,
  contactId: contactIdSchema,
  status: statusSchema,
  holder: holderSchema,
  assigneeId: agentIdSchema.nullable(),
  participants: z.array(participantSchema),
  openedAt: timeSchema,
  queuedAt: timeSchema
    .nullable()
    .meta({ description: 'its place in the queue; kept when it returns there' }),
  isQueuedInFront: z.boolean().meta({ description: 'stands before all that are not' }),
  closedAt: timeSchema.nullable(),
  closeReason: closeReasonSchema.nullable(),
  lastMessage: lastMessageSchema.nullable(),
  lastContactAt: timeSchema.nullable(),
  waitingSince: timeSchema
    .nullable()
    .meta({ description: "the contact's first unanswered message" }),
  contactMessages: z.int().meta({
    description: "how many messages the contact wrote; an agent's unread is this less their mark",
  }),
});
export type Conversation = z.infer<typeof conversationSchema>;

/** A conversation as its contact sees it: nothing internal. */
export const ownConversationSchema = z.object({
  id: conversationIdSchema,
  version: versionSchema,
  status: statusSchema,
  assigneeId: agentIdSchema.nullable(),
  openedAt: timeSchema,
  closedAt: timeSchema.nullable(),
  closeReason: closeReasonSchema.nullable(),
});
export type OwnConversation = z.infer<typeof ownConversationSchema>;

export const agentSchema = z.object({
  id: agentIdSchema,
  version: versionSchema,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  isActive: z.boolean(),
});
export type Agent = z.infer<typeof agentSchema>;

/** An agent as a contact sees them. */
export const agentFaceSchema = z.object({
  id: agentIdSchema,
  version: versionSchema,
  name: z.string(),
});
export type AgentFace = z.infer<typeof agentFaceSchema>;

export const contactSchema = z.object({
  id: contactIdSchema,
  version: versionSchema,
  name: z.string().nullable(),
  email: z.string().nullable(),
  createdAt: timeSchema,
});
export type Contact = z.infer<typeof contactSchema>;

export const inboxSchema = z.object({
  id: inboxIdSchema,
  version: versionSchema,
  name: z.string(),
  channel: z.literal('web'),
  key: z.string().meta({ description: 'public; stands in the script tag' }),
  color: z.string(),
  greeting: z.string(),
  look: lookSchema,
  domains: z.array(z.string()).meta({ description: 'may embed the widget; none named: all may' }),
  memberIds: z.array(agentIdSchema),
});
export type Inbox = z.infer<typeof inboxSchema>;

/** A site whose page showed the widget of an inbox, or was refused it. */
export const sightingSchema = z.object({
  origin: z.string().meta({ description: 'scheme, host and port, as its browser said' }),
  isRefused: z.boolean(),
  seenAt: timeSchema,
});
export type Sighting = z.infer<typeof sightingSchema>;

export const workspaceSchema = z.object({
  id: workspaceIdSchema,
  version: versionSchema,
  name: z.string(),
});
export type Workspace = z.infer<typeof workspaceSchema>;

/** How far one agent has read one conversation; the same on all their devices. */
export const markSchema = z.object({
  id: conversationIdSchema,
  version: z.int().meta({ description: 'the sequence read up to' }),
  contactMessages: z.int().meta({ description: "the conversation's count at that reading" }),
});
export type Mark = z.infer<typeof markSchema>;

/** How far each side has received and read the other's messages. Only ever grows. */
export const receiptSchema = z.object({
  id: conversationIdSchema,
  contactDelivered: z.int(),
  contactRead: z.int(),
  oursRead: z.int(),
});
export type Receipt = z.infer<typeof receiptSchema>;

export const draftSchema = z.object({
  id: conversationIdSchema,
  version: versionSchema,
  text: z.string(),
});
export type Draft = z.infer<typeof draftSchema>;

/** Everything an agent's store can hold, by kind. A frame carries those that changed. */
export const agentEntitiesSchema = z.object({
  workspaces: z.array(workspaceSchema).optional(),
  agents: z.array(agentSchema).optional(),
  inboxes: z.array(inboxSchema).optional(),
  contacts: z.array(contactSchema).optional(),
  conversations: z.array(conversationSchema).optional(),
  entries: z.array(entrySchema).optional(),
  marks: z.array(markSchema).optional(),
  receipts: z.array(receiptSchema).optional(),
  drafts: z.array(draftSchema).optional(),
});
export type AgentEntities = z.infer<typeof agentEntitiesSchema>;

/** Everything a contact's store can hold. */
export const contactEntitiesSchema = z.object({
  agents: z.array(agentFaceSchema).optional(),
  conversations: z.array(ownConversationSchema).optional(),
  entries: z.array(entrySchema).optional(),
  receipts: z.array(receiptSchema).optional(),
});
export type ContactEntities = z.infer<typeof contactEntitiesSchema>;

/** Tab counts of the desk, over all that the agent may see. */
export const countsSchema = z.object({
  queue: z.int(),
  mine: z.int(),
  open: z.int(),
  closed: z.int(),
  inboxes: z
    .record(inboxIdSchema, z.int())
    .meta({ description: 'unclosed conversations by inbox' }),
});
export type Counts = z.infer<typeof countsSchema>;
