import { z } from 'zod';
import { bulkJobSchema } from './bulk.ts';
import {
  agentIdSchema,
  clientIdSchema,
  contactIdSchema,
  conversationIdSchema,
  entryIdSchema,
  inboxIdSchema,
  labelIdSchema,
  teamIdSchema,
  workspaceIdSchema,
} from './ids.ts';
import { lookSchema } from './look.ts';
import { alertsSchema, noticeSchema } from './notifications.ts';
import { openingSchema, preChatSchema, teamRulesSchema } from './pre-chat.ts';
import { keptPreferencesSchema } from './profile.ts';
import { capacitySchema, settingsSchema } from './settings.ts';
import { timeSchema, versionSchema } from './time.ts';

/**
 * What desks and widgets hold. Each entity has an id and a version that grows with every change; a
 * store keeps the highest it has seen. Times are milliseconds since 1970 (UTC).
 */
export { timeSchema };

export const roles = ['owner', 'admin', 'supervisor', 'agent'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** What an agent may do, as the server's policy says; screens ask nothing else. */
export const maySchema = z.object({
  changeSettings: z.boolean(),
  seeEveryInbox: z.boolean(),
  inviteAs: z.array(roleSchema),
});
export type May = z.infer<typeof maySchema>;

/** whether an agent takes conversations (online), only answers in those they have (away), or neither. */
export const availabilities = ['online', 'away', 'offline'] as const;
export const availabilitySchema = z.enum(availabilities);
export type Availability = z.infer<typeof availabilitySchema>;

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
  z.object({
    what: z.literal('assigned'),
    agentId: agentIdSchema,
    isForced: z.literal(true).optional().meta({
      description: 'a supervisor gave it to somebody who had as many as they may have',
    }),
  }),
  z.object({
    what: z.literal('unassigned'),
    agentId: agentIdSchema.meta({ description: 'who had it' }),
  }),
  z.object({ what: z.literal('joined'), agentId: agentIdSchema }),
  z.object({
    what: z.literal('left'),
    agentId: agentIdSchema,
    successorId: agentIdSchema.nullable(),
  }),
  z.object({ what: z.literal('invited'), agentId: agentIdSchema }),
  z.object({
    what: z.literal('detached'),
    agentId: agentIdSchema.meta({ description: 'who had it and did nothing for too long' }),
    successorId: agentIdSchema.nullable(),
  }),
  z.object({ what: z.literal('flagged') }),
  z.object({ what: z.literal('unflagged') }),
  z.object({
    what: z.literal('labelled'),
    added: z.array(labelIdSchema),
    removed: z.array(labelIdSchema),
  }),
  z.object({
    what: z.literal('transferred'),
    teamId: teamIdSchema.nullable().meta({ description: 'null: to the whole inbox' }),
    isBack: z
      .literal(true)
      .optional()
      .meta({ description: 'the team had been deleted, and it stood there before' }),
  }),
  z.object({
    what: z.literal('went-offline'),
    agentId: agentIdSchema,
    successorId: agentIdSchema.nullable(),
  }),
  z.object({ what: z.literal('pending') }),
  z.object({ what: z.literal('resumed') }),
  z.object({
    what: z.literal('closed'),
    reason: closeReasonSchema,
    text: z.string().optional().meta({ description: 'why a supervisor closed it by force' }),
  }),
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
/** A word among agents: no contact ever sees it. */
export const noteEntrySchema = z.object({
  ...entryBase,
  kind: z.literal('note'),
  text: z.string(),
});
export const entrySchema = z.discriminatedUnion('kind', [
  messageEntrySchema,
  noteEntrySchema,
  activityEntrySchema,
]);
/** A line of the timeline as its contact sees it. */
export const ownEntrySchema = z.discriminatedUnion('kind', [
  messageEntrySchema,
  activityEntrySchema,
]);
export type MessageEntry = z.infer<typeof messageEntrySchema>;
export type ActivityEntry = z.infer<typeof activityEntrySchema>;
export type NoteEntry = z.infer<typeof noteEntrySchema>;
export type Entry = z.infer<typeof entrySchema>;
export type OwnEntry = z.infer<typeof ownEntrySchema>;

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
  teamId: teamIdSchema
    .nullable()
    .meta({ description: 'the team whose queue it is in; null: all who serve the inbox' }),
  contactId: contactIdSchema,
  status: statusSchema,
  holder: holderSchema,
  assigneeId: agentIdSchema.nullable(),
  participants: z.array(participantSchema),
  isFlagged: z.boolean().meta({ description: 'kept for follow-up: no clock ends it' }),
  labelIds: z.array(labelIdSchema).meta({
    description: 'as they were put on; deleted ones keep their place, and are not shown',
  }),
  openedAt: timeSchema,
  opening: openingSchema.nullable().meta({ description: 'null: an agent began it' }),
  queuedAt: timeSchema
    .nullable()
    .meta({ description: 'its place in the queue; kept when it returns there' }),
  isQueuedInFront: z.boolean().meta({ description: 'stands before all that are not' }),
  closedAt: timeSchema.nullable(),
  closeReason: closeReasonSchema.nullable(),
  closedById: agentIdSchema.nullable().meta({ description: 'the agent who closed it' }),
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

const pictureSchema = z
  .string()
  .nullable()
  .meta({ description: 'the picture lies at /pictures/<this>; null: none' });

export const agentSchema = z.object({
  id: agentIdSchema,
  version: versionSchema,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  isActive: z.boolean(),
  picture: pictureSchema,
  languages: z.array(z.string()).meta({ description: 'BCP 47, the best spoken first' }),
  availability: availabilitySchema,
  availabilityAt: timeSchema.nullable().meta({ description: 'since when; null: from the first' }),
  isIdle: z.boolean().meta({ description: 'away by itself, until they touch a desk of theirs' }),
  capacity: capacitySchema
    .nullable()
    .meta({ description: "open conversations they may have; null: the workspace's number" }),
});
export type Agent = z.infer<typeof agentSchema>;

/** An agent as a contact sees them. */
export const agentFaceSchema = z.object({
  id: agentIdSchema,
  version: versionSchema,
  name: z.string(),
  picture: pictureSchema,
});
export type AgentFace = z.infer<typeof agentFaceSchema>;

export const contactSchema = z.object({
  id: contactIdSchema,
  version: versionSchema,
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
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
  memberIds: z.array(agentIdSchema).meta({ description: 'who serve it by themselves' }),
  teamIds: z.array(teamIdSchema).meta({ description: 'the teams that serve it' }),
  preChat: preChatSchema.meta({ description: 'asked before the first message' }),
  teamRules: teamRulesSchema.meta({
    description: 'the first that holds says which team gets what is opened; none: the whole inbox',
  }),
});
export type Inbox = z.infer<typeof inboxSchema>;

/** A word with a colour that agents put on conversations. */
export const labelSchema = z.object({
  id: labelIdSchema,
  version: versionSchema,
  name: z.string(),
  color: z.string(),
  isDeleted: z.boolean().meta({
    description: 'no longer offered or shown; kept, so that it can be brought back where it was',
  }),
});
export type Label = z.infer<typeof labelSchema>;
/** Agents who share queues. */
export const teamSchema = z.object({
  id: teamIdSchema,
  version: versionSchema,
  name: z.string(),
  memberIds: z.array(agentIdSchema),
});
export type Team = z.infer<typeof teamSchema>;

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
  settings: settingsSchema,
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
  labels: z.array(labelSchema).optional(),
  teams: z.array(teamSchema).optional(),
  contacts: z.array(contactSchema).optional(),
  conversations: z.array(conversationSchema).optional(),
  entries: z.array(entrySchema).optional(),
  marks: z.array(markSchema).optional(),
  receipts: z.array(receiptSchema).optional(),
  drafts: z.array(draftSchema).optional(),
  notices: z.array(noticeSchema).optional(),
  alerts: z.array(alertsSchema).optional(),
  preferences: z.array(keptPreferencesSchema).optional(),
  bulkJobs: z.array(bulkJobSchema).optional(),
});
export type AgentEntities = z.infer<typeof agentEntitiesSchema>;

/** Everything a contact's store can hold. */
export const contactEntitiesSchema = z.object({
  agents: z.array(agentFaceSchema).optional(),
  conversations: z.array(ownConversationSchema).optional(),
  entries: z.array(ownEntrySchema).optional(),
  receipts: z.array(receiptSchema).optional(),
});
export type ContactEntities = z.infer<typeof contactEntitiesSchema>;

/** Tab counts of the desk, over all that the agent may see. */
export const countsSchema = z.object({
  queue: z.int(),
  mine: z.int(),
  open: z.int(),
  pending: z.int(),
  closed: z.int(),
  inboxes: z
    .record(inboxIdSchema, z.int())
    .meta({ description: 'by inbox, the conversations whose contact waits for an answer' }),
});
export type Counts = z.infer<typeof countsSchema>;
