import { accountCommands, agents } from './accounts/index.ts';
import { contactCommands, contacts } from './contacts/index.ts';
import {
  conversationCommands,
  conversations,
  entryKey,
  latestConversation,
  timeline,
} from './conversations/index.ts';
import { inboxCommands, inboxes } from './inboxes/index.ts';
import type { Reference } from './platform/feed/feed.ts';
import type { LogEvent } from './platform/log/log.ts';
import type { Handler } from './platform/pipeline/command.ts';
import type { Lookup, Table } from './platform/pipeline/table.ts';

/** The list of what Deskbell can do, and the only file that knows them all. */
export const handlers: readonly Handler[] = [
  ...accountCommands,
  ...contactCommands,
  ...conversationCommands,
  ...inboxCommands,
];

/** Small tables that the pipeline holds whole. */
export const wholeTables = [agents, inboxes] as unknown as Table<never>[];

export const lookups = [latestConversation] as unknown as Lookup<never>[];

const tables: Record<string, (event: LogEvent) => { table: object; key: string }[]> = {
  agent: ({ id }) => [{ table: agents, key: id }],
  contact: ({ id }) => [{ table: contacts, key: id }],
  inbox: ({ id }) => [{ table: inboxes, key: id }],
  conversation: ({ id, version }) => [
    { table: conversations, key: id },
    { table: timeline, key: entryKey(id, version) },
  ],
};

/** The rows that an event speaks of. */
export function referencesOf(event: LogEvent): Reference[] {
  return (tables[event.entity]?.(event) ?? []) as Reference[];
}
