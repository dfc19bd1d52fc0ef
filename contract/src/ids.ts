import { z } from 'zod';

/**
 * Ids are UUIDs in lower case, branded so that a conversation's id cannot stand where a contact's is
 * wanted. The server makes them as UUIDv7 (RFC 9562), so that rows written together lie together.
 */
const id = <Brand extends string>(brand: Brand) =>
  z
    .guid()
    .toLowerCase()
    .brand(brand)
    .meta({ description: `${brand} id` });

export const workspaceIdSchema = id('workspace');
export const agentIdSchema = id('agent');
export const inboxIdSchema = id('inbox');
export const teamIdSchema = id('team');
export const contactIdSchema = id('contact');
export const conversationIdSchema = id('conversation');
export const entryIdSchema = id('entry');
export const labelIdSchema = id('label');
export const noticeIdSchema = id('notice');

/** Made by a browser, once, and kept by it: all its tabs are one device. */
export const deviceIdSchema = id('device');
export const bulkJobIdSchema = id('bulk job');

/** Made by the sender, once per intent; makes a command safe to repeat for 30 days. */
export const clientIdSchema = id('client');

/** Names an inbox in the script tag of a page. Public. */
export const inboxKeySchema = z.string().regex(/^[\w-]{1,64}$/);

export type WorkspaceId = z.infer<typeof workspaceIdSchema>;
export type AgentId = z.infer<typeof agentIdSchema>;
export type InboxId = z.infer<typeof inboxIdSchema>;
export type TeamId = z.infer<typeof teamIdSchema>;
export type ContactId = z.infer<typeof contactIdSchema>;
export type ConversationId = z.infer<typeof conversationIdSchema>;
export type EntryId = z.infer<typeof entryIdSchema>;
export type LabelId = z.infer<typeof labelIdSchema>;
export type NoticeId = z.infer<typeof noticeIdSchema>;
export type DeviceId = z.infer<typeof deviceIdSchema>;
export type ClientId = z.infer<typeof clientIdSchema>;
