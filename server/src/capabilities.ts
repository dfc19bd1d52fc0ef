import type { CommandKind } from '@deskbell/contract';
import { accountCommands, accountRoutes, agents, workspaces } from './accounts/index.ts';
import { commandRoutes, described } from './api/index.ts';
import { auditRoutes } from './audit/index.ts';
import { type BulkRunner, bulkRoutes } from './bulk/index.ts';
import { contactCommands, contactRoutes, contacts } from './contacts/index.ts';
import {
  conversationCommands,
  conversations,
  entryKey,
  findDueConversations,
  latestConversation,
  leavesTeam,
  openOf,
  releasesHeld,
  retimes,
  returnsToTeam,
  timeline,
  waiting,
} from './conversations/index.ts';
import { firstAnswers } from './first-answers/index.ts';
import { dropOldSightings, inboxCommands, inboxes, inboxRoutes } from './inboxes/index.ts';
import { labelCommands, labelRoutes, labels } from './labels/index.ts';
import { listRoutes, wordsOfConversations } from './lists/index.ts';
import { notificationRoutes, type PushParts, pushes, tellsAgents } from './notifications/index.ts';
import type { Reference } from './platform/feed/feed.ts';
import type { Route } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/jobs.ts';
import type { LogEvent } from './platform/log/log.ts';
import type { Drop } from './platform/log/retention.ts';
import type { Handler } from './platform/pipeline/command.ts';
import type { Submit } from './platform/pipeline/submit.ts';
import type { Group, Lookup, Table } from './platform/pipeline/table.ts';
import type { Reader } from './platform/readers/reader.ts';
import type { Pool, Queries } from './platform/store/connect.ts';
import type { Due } from './platform/timers/sweeper.ts';
import { findGone, findIdle, presenceCommands, presenceRoutes } from './presence/index.ts';
import { Pictures, profileRoutes } from './profiles/index.ts';
import { routingCommands } from './routing/index.ts';
import { settingsCommands } from './settings/index.ts';
import { dropsOfSignIn, endsSessions, type SignIn, signInRoutes } from './sign-in/index.ts';
import { type Hubs, streamRoutes } from './streams/index.ts';
import { teamCommands, teamRoutes, teams } from './teams/index.ts';

/** The list of what Deskbell can do, and the only file that knows them all. */
export const handlers: readonly Handler[] = [
  ...accountCommands,
  ...contactCommands,
  ...conversationCommands,
  ...inboxCommands,
  ...labelCommands,
  ...settingsCommands,
  ...presenceCommands,
  ...routingCommands,
  ...teamCommands,
];

/** What follows the log. */
export function readersOf(parts: {
  submit: Submit;
  /** A session was ended in a workspace; it is named by its token's hash. */
  onEnded(ended: { session: string; workspaceId: string }): void;
  /** Agents are to be told something. */
  onNoticed(workspaceId: string): void;
}): readonly Reader[] {
  return [
    firstAnswers,
    wordsOfConversations,
    releasesHeld(parts.submit),
    retimes(parts.submit),
    leavesTeam(parts.submit),
    returnsToTeam(parts.submit),
    endsSessions(parts.onEnded),
    tellsAgents(parts.onNoticed),
  ];
}

/** Their names, for whoever looks how far they are; these never run. */
export const readerNames = readersOf({
  submit: () => Promise.reject(new Error('only the names are wanted')),
  onEnded: () => undefined,
  onNoticed: () => undefined,
}).map(({ name }) => name);

/** What is done outside of transactions. */
export function jobKindsOf(parts: PushParts): readonly JobKind[] {
  return [pushes(parts)];
}

/** What a time has come for, in any workspace. */
export async function findDue(sql: Queries, now: number, limit: number): Promise<Due[]> {
  const [dueConversations, gone, idle] = await Promise.all([
    findDueConversations(sql, now, limit),
    findGone(sql, now, limit),
    findIdle(sql, now, limit),
  ]);
  return [
    ...dueConversations.map((each) => {
      const input = { conversationId: each.id };
      return { ...each, command: { kind: 'conversation.tick' satisfies CommandKind, input } };
    }),
    ...[...gone, ...idle].map((each) => {
      const input = { agentId: each.id };
      return { ...each, command: { kind: 'agent.tick' satisfies CommandKind, input } };
    }),
  ];
}

/** What is dropped when it is over, of no workspace. */
export const drops: readonly Drop[] = [...dropsOfSignIn, dropOldSightings];

/** Small tables that the pipeline holds whole. */
export const wholeTables = [
  agents,
  inboxes,
  labels,
  teams,
  workspaces,
] as unknown as Table<never>[];

export const lookups = [latestConversation] as unknown as Lookup<never>[];

export const groups = [openOf, waiting] as unknown as Group<never>[];

const tables: Record<string, (event: LogEvent) => { table: object; key: string }[]> = {
  workspace: ({ id }) => [{ table: workspaces, key: id }],
  agent: ({ id }) => [{ table: agents, key: id }],
  contact: ({ id }) => [{ table: contacts, key: id }],
  inbox: ({ id }) => [{ table: inboxes, key: id }],
  label: ({ id }) => [{ table: labels, key: id }],
  team: ({ id }) => [{ table: teams, key: id }],
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
  bulk: BulkRunner;
  signIn: SignIn;
  publicUrl: string | undefined;
  push: PushParts;
}

/** Every address of the API. */
export function routesOf(parts: RouteParts): Route[] {
  const tellDevices: Hubs['tellDevices'] = (...told) => parts.hubs.tellDevices(...told);
  return described([
    ...signInRoutes(parts),
    ...accountRoutes(parts),
    ...auditRoutes(parts),
    ...presenceRoutes(parts),
    ...profileRoutes({ ...parts, pictures: new Pictures(parts), tellDevices }),
    ...inboxRoutes(parts),
    ...teamRoutes(parts),
    ...contactRoutes(parts),
    ...labelRoutes(parts),
    ...listRoutes(parts),
    ...bulkRoutes(parts),
    ...streamRoutes(parts),
    ...notificationRoutes({ ...parts, tellDevices }),
    ...commandRoutes(parts.submit),
  ]);
}
