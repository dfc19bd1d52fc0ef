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
export const contactIdSchema = id('contact');
export const conversationIdSchema = id('conversation');
export const entryIdSchema = id('entry');

/** Made by the sender, once per intent; makes a command safe to repeat for 30 days. */
export const clientIdSchema = id('client');

/** Names an inbox in the script tag of a page. Public. */
export const inboxKeySchema = z.string().regex(/^[\w-]{1,64}$/);

export type WorkspaceId = z.infer<typeof workspaceIdSchema>;
export type AgentId = z.infer<typeof agentIdSchema>;
export type InboxId = z.infer<typeof inboxIdSchema>;
export type ContactId = z.infer<typeof contactIdSchema>;
export type ConversationId = z.infer<typeof conversationIdSchema>;
export type EntryId = z.infer<typeof entryIdSchema>;
export type ClientId = z.infer<typeof clientIdSchema>;
