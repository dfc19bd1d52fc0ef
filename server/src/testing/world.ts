import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type CommandInput,
  type CommandKind,
  PROTOCOL,
  type Role,
  type WorkspaceId,
} from '@deskbell/contract';
import { pino } from 'pino';
import { workspaces } from '../accounts/index.ts';
import { contactIdOf } from '../contacts/index.ts';
import { type InboxRow, loadInboxes } from '../inboxes/index.ts';
import { readConfig } from '../platform/config.ts';
import { newId } from '../platform/ids.ts';
import { type Actor, SYSTEM } from '../platform/pipeline/command.ts';
import type { Queries } from '../platform/store/connect.ts';
import { runStatement } from '../platform/store/statement.ts';
import { type Server, startServer } from '../server.ts';
import { hashPassword } from '../sign-in/passwords.ts';
import * as signInStore from '../sign-in/sql.ts';
import { hashToken, newToken } from '../sign-in/tokens.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { TestSocket } from './socket.ts';

/** An agent of the cast, signed in. */
export interface Person {
  name: string;
  role: Role;
  email: string;
  agentId: string;
  userId: string;
  workspaceId: string;
  /** Of their session, for `Authorization: Bearer`, the cookie, and `hello`. */
  token: string;
  actor: Extract<Actor, { kind: 'agent' }>;
}

/** A visitor of the cast: a browser with its secret, who becomes a contact by the first message. */
export interface Visitor {
  name: string;
  contactId: string;
  workspaceId: string;
  /** The public key of the inbox whose page they are on. */
  inboxKey: string;
  token: string;
  actor: Extract<Actor, { kind: 'contact' }>;
}

/**
 * A real server over a database of its own, and a small cast in two workspaces. In Northwind: Olga
 * owns, Adam administers, Susan supervises, Ann and Ben serve the shop's inbox, Tess serves it through
 * the team Support, Tom is in the team Sales, which serves none, and Cara serves none;
 * Vera and Walt visit the shop; the inbox `wholesale` has no members. In Southpaw: Otto owns and
 * serves its inbox, Wanda visits. Everybody is online, though without a
 * desk at first; everybody's password is {@link PASSWORD}.
 */
export interface World {
  server: Server;
  database: TestDatabase;
  url: string;
  /** What the server has warned of or failed at, as it stands in its log. */
  troubles: { msg: string; err?: { message: string } }[];
  workspaceId: string;
  inbox: InboxRow;
  wholesale: InboxRow;
  olga: Person;
  adam: Person;
  susan: Person;
  ann: Person;
  ben: Person;
  cara: Person;
  tess: Person;
  tom: Person;
  /** The ids of the teams. */
  support: string;
  sales: string;
  vera: Visitor;
  walt: Visitor;
  elsewhere: { workspaceId: string; inbox: InboxRow; otto: Person; wanda: Visitor };
  /** Somebody new on the shop's page. */
  newVisitor(): Visitor;
  /** Sends a command as this actor through the pipeline; throws when it is refused. */
  act<Kind extends CommandKind>(
    who: { workspaceId: string; actor: Actor },
    kind: Kind,
    input: CommandInput<Kind> | object,
  ): Promise<{ position: number; answer: Record<string, unknown> }>;
  /** A visitor's message; resolves with the conversation that it stands in. */
  write(visitor: Visitor, text: string): Promise<string>;
  /** A request to the API as this person or visitor, or as nobody. */
  request(who: Person | Visitor | null, address: string, init?: RequestOptions): Promise<Response>;
  /** A socket of this person or visitor, past its snapshot. `isPresent`: a desk that keeps its agent online. */
  connect(who: Person | Visitor, isPresent?: boolean): Promise<TestSocket>;
  close(): Promise<void>;
}

export interface RequestOptions {
  method?: string;
  body?: unknown;
  /** A body as it is sent, instead of JSON made of `body`. */
  raw?: string;
  headers?: Record<string, string>;
}

export const PASSWORD = 'tulip-gravel-ninety-lantern';
const passwordHash = await hashPassword(PASSWORD);

/** `environment`: settings other than the defaults. `through`: the way that the server takes to its database. */
export async function createWorld(
  environment: Record<string, string> = {},
  through: (databaseUrl: string) => Promise<string> = async (databaseUrl) => databaseUrl,
): Promise<World> {
  const database = await createTestDatabase();
  const folder = path.join(tmpdir(), 'no-such-deskbell-folder');
  const config = readConfig({ PORT: '0', ...environment }, folder);
  const troubles: World['troubles'] = [];
  const server = await startServer({
    config,
    databaseUrl: await through(database.url),
    log: pino({ level: 'warn' }, { write: (line) => void troubles.push(JSON.parse(line)) }),
  });
  // Not `localhost`: it may mean ::1 to the client, and 127.0.0.1 to the server.
  const url = server.url.replace('localhost', '127.0.0.1');
  const sockets = new Set<TestSocket>();
  const act: World['act'] = async (who, kind, input) => {
    const { workspaceId, actor } = who;
    const clientId = randomUUID();
    const result = await server.engine.submit({ workspaceId, actor, kind, input, clientId });
    if ('code' in result) throw new Error(`${kind} was refused: ${result.code}, ${result.detail}`);
    return result as { position: number; answer: Record<string, unknown> };
  };
  const stage = { server, act };
  const north = await peopled(stage, 'Northwind', {
    olga: 'owner',
    adam: 'admin',
    susan: 'supervisor',
    ann: 'agent',
    ben: 'agent',
    cara: 'agent',
    tess: 'agent',
    tom: 'agent',
  });
  const south = await peopled(stage, 'Southpaw', { otto: 'owner' });
  const shop = await inboxOf(stage, north.olga, {
    name: 'Shop',
    members: [north.ann, north.ben],
  });
  const support = await teamOf(stage, north.tess, 'Support');
  const sales = await teamOf(stage, north.tom, 'Sales');
  await act(north.olga, 'inbox.add-team', { inboxId: shop.id, teamId: support });
  const wholesale = await inboxOf(stage, north.olga, { name: 'Wholesale', members: [] });
  const southern = await inboxOf(stage, south.otto, { name: 'South', members: [south.otto] });

  return {
    server,
    database,
    url,
    troubles,
    workspaceId: north.olga.workspaceId,
    inbox: shop,
    wholesale,
    ...north,
    support,
    sales,
    vera: visitor('Vera', north.olga.workspaceId, shop),
    walt: visitor('Walt', north.olga.workspaceId, shop),
    elsewhere: {
      workspaceId: south.otto.workspaceId,
      inbox: southern,
      otto: south.otto,
      wanda: visitor('Wanda', south.otto.workspaceId, southern),
    },
    newVisitor: () => visitor('Somebody', north.olga.workspaceId, shop),
    act,
    async write(who, text) {
      const { answer } = await act(who, 'message.receive', { text });
      return String(answer.conversationId);
    },
    request: (who, address, init = {}) => request(url, who, { address, ...init }),
    async connect(who, isPresent = true) {
      const socket = await TestSocket.open(url);
      sockets.add(socket);
      socket.send({ t: 'hello', protocol: PROTOCOL, ...helloOf(who), isPresent });
      await socket.next('snapshot');
      return socket;
    },
    async close() {
      for (const socket of sockets) socket.close();
      await server.close();
      await database.drop();
    },
  };
}

interface Stage {
  server: Server;
  act: World['act'];
}

/** What says who a visitor or person is, over HTTP. */
function credentials(who: Person | Visitor | null): Record<string, string> {
  if (!who) return {};
  const authorization = `Bearer ${who.token}`;
  return 'inboxKey' in who
    ? { authorization, 'x-deskbell-inbox': who.inboxKey }
    : { authorization };
}

const helloOf = (who: Person | Visitor) =>
  'inboxKey' in who
    ? { contact: { inbox: who.inboxKey, token: who.token } }
    : { token: who.token, workspaceId: who.workspaceId as WorkspaceId };

function request(
  url: string,
  who: Person | Visitor | null,
  { address, method = 'GET', body, raw, headers = {} }: RequestOptions & { address: string },
): Promise<Response> {
  return fetch(`${url}/api/v1${address}`, {
    method,
    headers: {
      ...credentials(who),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined && raw === undefined ? {} : { body: raw ?? JSON.stringify(body) }),
  });
}

/** A workspace with these agents, each signed in. */
async function peopled<Name extends string>(
  { server, act }: Stage,
  workspaceName: string,
  cast: Record<Name, Role>,
): Promise<Record<Name, Person>> {
  const sql = server.engine.pool as unknown as Queries;
  const workspaceId = newId(Date.now());
  // The cast is small and each test gives it conversations: whoever tests says how many it may have.
  const settings = { capacity: 1_000 };
  const workspace = { id: workspaceId, version: 1, name: workspaceName, settings };
  await runStatement(sql, workspaces.insert(workspaceId, [workspace]));
  const people = await Promise.all(
    Object.entries(cast).map(async ([name, role]) => {
      const person = await enrol(sql, { name, role: role as Role, workspaceId });
      const { agentId, userId, email } = person;
      await act({ workspaceId, actor: SYSTEM }, 'agent.add', {
        agentId,
        userId,
        name: person.name,
        email,
        role: person.role,
      });
      await act(person, 'agent.set-availability', { availability: 'online' });
      return [name, person] as const;
    }),
  );
  return Object.fromEntries(people) as Record<Name, Person>;
}

async function enrol(
  sql: Queries,
  { name, role, workspaceId }: { name: string; role: Role; workspaceId: string },
): Promise<Person> {
  const [userId, agentId, token] = [newId(Date.now()), newId(Date.now()), newToken()];
  const email = `${name}@example.org`;
  await signInStore.insertUser(sql, { id: userId, email, passwordHash });
  await signInStore.insertSession(sql, {
    tokenHash: hashToken(token),
    userId,
    workspaceId,
    userAgent: 'test',
  });
  return {
    name: `${name[0]?.toUpperCase()}${name.slice(1)}`,
    role,
    email,
    agentId,
    userId,
    workspaceId,
    token,
    actor: { kind: 'agent', id: agentId },
  };
}

/** A team of one. */
async function teamOf({ act }: Stage, member: Person, name: string): Promise<string> {
  const system = { workspaceId: member.workspaceId, actor: SYSTEM };
  const { answer } = await act(system, 'team.create', { name });
  const teamId = String(answer.teamId);
  await act(system, 'team.add-member', { teamId, agentId: member.agentId });
  return teamId;
}

/** A web inbox with exactly these members. */
async function inboxOf(
  { server, act }: Stage,
  owner: Person,
  { name, members }: { name: string; members: Person[] },
): Promise<InboxRow> {
  const { workspaceId } = owner;
  const created = await act({ workspaceId, actor: SYSTEM }, 'inbox.create', { name });
  const inboxId = String(created.answer.inboxId);
  for (const { agentId } of members) await act(owner, 'inbox.add-member', { inboxId, agentId });
  const rows = await loadInboxes(server.engine.pool as unknown as Queries, workspaceId);
  const row = rows.find(({ id }) => id === inboxId);
  if (!row) throw new Error(`the inbox ${name} was not made`);
  return row;
}

function visitor(name: string, workspaceId: string, inbox: InboxRow): Visitor {
  const token = randomBytes(24).toString('base64url');
  const contactId = contactIdOf(workspaceId, token);
  return {
    name,
    contactId,
    workspaceId,
    inboxKey: inbox.key,
    token,
    actor: { kind: 'contact', id: contactId, inboxId: inbox.id },
  };
}
