import { accountCommands, accountRoutes, agents } from './accounts/index.ts';
import { commandRoutes, described } from './api/index.ts';
import { contactCommands, contactRoutes, contacts } from './contacts/index.ts';
import {
  conversationCommands,
  conversations,
  entryKey,
  latestConversation,
  releasesHeld,
  timeline,
} from './conversations/index.ts';
import { firstAnswers } from './first-answers/index.ts';
import { inboxCommands, inboxes, inboxRoutes } from './inboxes/index.ts';
import { listRoutes } from './lists/index.ts';
import type { Reference } from './platform/feed/feed.ts';
import type { Route } from './platform/http/route.ts';
import type { LogEvent } from './platform/log/log.ts';
import type { Handler } from './platform/pipeline/command.ts';
import type { Submit } from './platform/pipeline/submit.ts';
import type { Lookup, Table } from './platform/pipeline/table.ts';
import type { Reader } from './platform/readers/reader.ts';
import type { Pool } from './platform/store/connect.ts';
import { endsSessions, type SignIn, signInRoutes } from './sign-in/index.ts';
import { type Hubs, streamRoutes } from './streams/index.ts';

/** The list of what Deskbell can do, and the only file that knows them all. */
export const handlers: readonly Handler[] = [
  ...accountCommands,
  ...contactCommands,
  ...conversationCommands,
  ...inboxCommands,
];

/** What follows the log. */
export function readersOf(parts: {
  submit: Submit;
  /** A session was ended; it is named by its token's hash. */
  onEnded(session: string): void;
}): readonly Reader[] {
  return [firstAnswers, releasesHeld(parts.submit), endsSessions(parts.onEnded)];
}

/** Their names, for whoever looks how far they are; these never run. */
export const readerNames = readersOf({
  submit: () => Promise.reject(new Error('only the names are wanted')),
  onEnded: () => undefined,
}).map(({ name }) => name);

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

/** What routes ask. */
export interface RouteParts {
  pool: Pool;
  submit: Submit;
  hubs: Hubs;
  signIn: SignIn;
  publicUrl: string | undefined;
}

/** Every address of the API. */
export function routesOf(parts: RouteParts): Route[] {
  return described([
    ...signInRoutes(parts),
    ...accountRoutes(parts),
    ...inboxRoutes(parts),
    ...contactRoutes(parts),
    ...listRoutes(parts),
    ...streamRoutes(parts),
    ...commandRoutes(parts.submit),
  ]);
}
