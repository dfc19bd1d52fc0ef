import { randomUUID } from 'node:crypto';
import type { CommandInput, CommandKind, Role } from '@deskbell/contract';
import { groups, handlers, lookups, wholeTables } from '../capabilities.ts';
import { recall } from '../platform/pipeline/answers.ts';
import {
  type Actor,
  type Command,
  type Handler,
  type Result,
  SYSTEM,
} from '../platform/pipeline/command.ts';
import { type Committed, Pipeline, type PipelineOptions } from '../platform/pipeline/pipeline.ts';
import { createSubmit, type Submit } from '../platform/pipeline/submit.ts';
import { connect, type Pool } from '../platform/store/connect.ts';
import { Writers } from '../platform/store/writers.ts';
import { createTestDatabase } from './database.ts';

/** One server's pipeline with nothing around it, and all that it told. */
export interface OfficeServer {
  pipeline: Pipeline;
  submit: Submit;
  /** A command as this actor, under an id of its own. */
  act<Kind extends CommandKind>(
    actor: Actor,
    kind: Kind,
    input: CommandInput<Kind> | object,
  ): Promise<Result>;
  committed: Committed[];
  bugs: { error: unknown; command: Command }[];
  troubles: string[];
  close(): Promise<void>;
}

type Overrides = Partial<PipelineOptions> & { connections?: number; url?: string };

/**
 * A workspace in a database of its own: Ann and Ben, online, in one inbox, and as many servers
 * on it as a test opens. For tests of the mechanism; those of what people see have a `World`.
 */
export interface Office {
  url: string;
  pool: Pool;
  workspaceId: string;
  inboxId: string;
  ann: Extract<Actor, { kind: 'agent' }>;
  ben: Extract<Actor, { kind: 'agent' }>;
  visitor(): Extract<Actor, { kind: 'contact' }>;
  open(overrides?: Overrides): OfficeServer;
  /** The positions and kinds of the log, in order. */
  log(): Promise<{ position: number; kind: string; id: string; version: number; at: number }[]>;
  /** The texts of all messages, by conversation, in the order of the timeline. */
  messages(): Promise<Map<string, string[]>>;
  close(): Promise<void>;
}

export async function openOffice(given?: { url: string; drop(): Promise<void> }): Promise<Office> {
  const database = given ?? (await createTestDatabase());
  const { url } = database;
  const pool = connect(url, { max: 4, name: 'test' });
  const servers = new Set<OfficeServer>();
  const workspaceId = randomUUID();
  await pool`insert into workspaces (id, name, created_at, settings) values (${workspaceId}, 'Office', 0, '{"capacity": 1000}')`;

  const open = (overrides: Overrides = {}): OfficeServer => {
    const server = openServer(url, workspaceId, overrides);
    servers.add(server);
    return server;
  };
  const first = open();
  const people = { ann: await hire(first, 'ann'), ben: await hire(first, 'ben') };
  const inboxId = await makeInbox(first, Object.values(people));
  await first.close();

  return {
    url,
    pool,
    workspaceId,
    inboxId,
    ...people,
    visitor: () => ({ kind: 'contact', id: randomUUID(), inboxId }),
    open,
    log: () =>
      pool`select position, kind, id, version, at from log where workspace_id = ${workspaceId} order by position`,
    messages: () => readMessages(pool, workspaceId),
    async close() {
      await Promise.all([...servers].map((server) => server.close()));
      await pool.end({ timeout: 5 });
      await database.drop();
    },
  };
}

/** The handlers in force, some replaced. */
export function handlersWith(...replaced: Handler[]): ReadonlyMap<string, Handler> {
  return new Map([...handlers, ...replaced].map((each) => [each.kind as string, each]));
}

function openServer(url: string, workspaceId: string, overrides: Overrides): OfficeServer {
  const { connections = 2, url: otherUrl, ...options } = overrides;
  const writers = new Writers(otherUrl ?? url, connections);
  const told = {
    committed: [] as Committed[],
    bugs: [] as OfficeServer['bugs'],
    troubles: [] as string[],
  };
  const pipeline = new Pipeline({
    writers,
    handlers: handlersWith(),
    wholeTables,
    lookups,
    groups,
    recall,
    onBug: (error, command) => void told.bugs.push({ error, command }),
    onTrouble: (error, what) => void told.troubles.push(`${what}: ${error}`),
    onRecovered: () => undefined,
    onCommitted: (committed) => void told.committed.push(committed),
    ...options,
  });
  const submit = createSubmit(pipeline);
  let closing: Promise<void> | undefined;
  return {
    ...told,
    pipeline,
    submit,
    act: (actor, kind, input) =>
      submit({ workspaceId, actor, kind, input, clientId: randomUUID() }),
    close() {
      closing ??= pipeline.close().then(() => writers.close());
      return closing;
    },
  };
}

async function hire(
  server: OfficeServer,
  name: string,
  role: Role = 'agent',
): Promise<Office['ann']> {
  const agentId = randomUUID();
  const input = { agentId, userId: randomUUID(), name, email: `${name}@example.org`, role };
  answerOf(await server.act(SYSTEM, 'agent.add', input));
  const actor: Office['ann'] = { kind: 'agent', id: agentId };
  answerOf(await server.act(actor, 'agent.set-availability', { availability: 'online' }));
  return actor;
}

async function makeInbox(server: OfficeServer, members: { id: string }[]): Promise<string> {
  const inboxId = String(
    answerOf(await server.act(SYSTEM, 'inbox.create', { name: 'Shop' })).inboxId,
  );
  for (const { id } of members)
    answerOf(await server.act(SYSTEM, 'inbox.add-member', { inboxId, agentId: id }));
  return inboxId;
}

/** What a command answered; throws when it was refused. */
export function answerOf(result: Result): Record<string, unknown> {
  if ('code' in result) throw new Error(`refused: ${result.code}, ${result.detail}`);
  return result.answer as Record<string, unknown>;
}

async function readMessages(pool: Pool, workspaceId: string): Promise<Map<string, string[]>> {
  const rows = await pool<{ id: string; texts: string }[]>`
    select conversation_id as id, jsonb_agg(text order by seq)::text as texts from timeline
    where workspace_id = ${workspaceId} and kind = 'message' group by conversation_id`;
  return new Map(rows.map((row) => [row.id, JSON.parse(row.texts) as string[]]));
}
