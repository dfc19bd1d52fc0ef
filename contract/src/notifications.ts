import { z } from 'zod';
import {
  agentIdSchema,
  contactIdSchema,
  conversationIdSchema,
  deviceIdSchema,
  inboxIdSchema,
  noticeIdSchema,
} from './ids.ts';
import { isStorable } from './text.ts';
import { timeSchema, versionSchema } from './time.ts';

/**
 * What somebody is told of. Those of `keptKinds` stand in the bell until they are read;
 * the others are only announced, since the lists show them anyway.
 */
export const noticeKinds = [
  'new-conversation',
  'message',
  'assigned',
  'invited',
  'transferred',
] as const;
export const noticeKindSchema = z.enum(noticeKinds);
export type NoticeKind = z.infer<typeof noticeKindSchema>;

export const keptKinds: readonly NoticeKind[] = ['assigned', 'invited', 'transferred'];

/** A line of an agent's bell; the same on all their devices. */
export const noticeSchema = z.object({
  id: noticeIdSchema,
  version: versionSchema,
  kind: noticeKindSchema,
  conversationId: conversationIdSchema,
  contactId: contactIdSchema.nullable(),
  contactName: z.string().nullable(),
  byId: agentIdSchema
    .nullable()
    .meta({ description: 'who did it; null: the system, or a contact' }),
  at: timeSchema,
  readAt: timeSchema.nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** What an agent wants to be told, and how; the same on all their devices. */
export const alertChoicesSchema = z.object({
  hasRing: z.boolean().default(true).meta({ description: 'a sound for a new conversation' }),
  hasMessageSound: z.boolean().default(true),
  volume: z.int().min(0).max(100).default(70),
  hasPopUps: z.boolean().default(true),
  hasSystemNotifications: z
    .boolean()
    .default(true)
    .meta({ description: 'while the desk is in the background, and by push when it is closed' }),
  mutedInboxIds: z
    .array(inboxIdSchema)
    .max(1_000)
    .default([])
    .meta({ description: 'whose new conversations are none of theirs to hear of (R-7.1)' }),
});
export type AlertChoices = z.infer<typeof alertChoicesSchema>;

/** The same as what a store holds: one per agent, by their id. */
export const alertsSchema = alertChoicesSchema.extend({
  id: agentIdSchema,
  version: versionSchema,
});
export type Alerts = z.infer<typeof alertsSchema>;

/** Something happened that its agent is to be told of now, on one device. */
export const announcementSchema = z.object({
  id: noticeIdSchema,
  kind: noticeKindSchema,
  conversationId: conversationIdSchema,
  contactId: contactIdSchema.nullable(),
  contactName: z.string().nullable(),
  inboxId: inboxIdSchema,
  byId: agentIdSchema.nullable(),
  text: z.string().meta({ description: 'the beginning of the last message' }),
  seq: z
    .int()
    .nonnegative()
    .meta({ description: 'the entry of its conversation that it is about' }),
  at: timeSchema,
  deviceId: deviceIdSchema.meta({ description: 'the only one that shows and sounds it' }),
});
export type Announcement = z.infer<typeof announcementSchema>;

/** What a browser may be pushed through (https://www.w3.org/TR/push-api/): the JSON of its PushSubscription. */
export const pushSubscriptionSchema = z.object({
  endpoint: z
    .url()
    .max(1_000)
    .refine(isStorable, { message: 'holds a character that cannot be stored' }),
  keys: z.object({
    p256dh: z.string().regex(/^[\w-]{80,100}={0,2}$/),
    auth: z.string().regex(/^[\w-]{16,40}={0,2}$/),
  }),
});
export type PushSubscriptionFacts = z.infer<typeof pushSubscriptionSchema>;

/** A browser that is pushed to. */
export const pushDeviceSchema = z.object({
  id: deviceIdSchema,
  browser: z.string(),
  system: z.string(),
  addedAt: timeSchema,
  usedAt: timeSchema,
});
export type PushDevice = z.infer<typeof pushDeviceSchema>;

/** What the service worker is pushed, encrypted for it alone. */
export interface PushedNotice {
  id: string;
  workspaceId: string;
  conversationId: string | null;
  /** null: nothing happened, it is a trial. */
  kind: NoticeKind | null;
  seq: number;
  title: string;
  body: string;
}
