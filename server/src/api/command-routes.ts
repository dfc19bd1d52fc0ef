import { randomUUID } from 'node:crypto';
import {
  type CommandKind,
  clientIdSchema,
  commands,
  type ErrorCode,
  refuse,
} from '@deskbell/contract';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type AgentParty,
  type Asked,
  type ContactParty,
  NOTHING,
  type Route,
} from '../platform/http/route.ts';
import type { Actor } from '../platform/pipeline/command.ts';
import type { Submit } from '../platform/pipeline/submit.ts';

type Definition = (typeof commands)[CommandKind];
type Addressed = Definition & { http: NonNullable<Definition['http']> };

/** What any command may be refused with, beside what any request may. */
const refusals: readonly ErrorCode[] = ['repeated-id', 'forbidden', 'not-found'];

/** Every command of the contract that has an address, as a route. */
export function commandRoutes(submit: Submit): Route[] {
  return Object.entries(commands)
    .filter((entry): entry is [string, Addressed] => entry[1].http !== null)
    .map(([kind, definition]) => commandRoute(kind, definition, submit));
}

function commandRoute(
  kind: string,
  { http, input, answer, summary, actors }: Addressed,
  submit: Submit,
): Route {
  const who = (actors as readonly string[]).includes('agent') ? 'agent' : 'contact';
  const { params, body } = divided(input, http.path);
  return {
    method: http.method,
    path: http.path,
    summary,
    topic: topicOf(http.path),
    who,
    params,
    query: NOTHING,
    body,
    answer: who === 'agent' ? z.object({ position: positionSchema, ...answer.shape }) : answer,
    command: kind,
    refusals,
    allowance: null,
    handle: (asked) => send({ kind, submit }, asked),
  };
}

const positionSchema = z.int().meta({ description: "where it stands in the workspace's log" });

async function send(
  { kind, submit }: { kind: string; submit: Submit },
  { party, params, body, request }: Asked,
): Promise<object> {
  const clientId = clientIdOf(request);
  if (clientId === null)
    return refuse('invalid', 'Idempotency-Key: is no UUID', { field: 'Idempotency-Key' });
  if (party === null) throw new Error(`${kind} is sent by nobody`);
  const result = await submit({
    workspaceId: party.workspaceId,
    actor: actorOf(party),
    kind,
    input: { ...(body as object), ...(params as object) },
    clientId,
  });
  if ('code' in result) return result;
  // The workspace's positions are for agents alone: a stranger must not read the company's traffic.
  return party.kind === 'agent' ? { position: result.position, ...result.answer } : result.answer;
}

/** The sender's own id of this command, one made for it where none was given, null where it is none. */
function clientIdOf(request: FastifyRequest): string | null {
  const given = request.headers['idempotency-key'];
  if (given === undefined) return randomUUID();
  return clientIdSchema.safeParse(given).data ?? null;
}

const actorOf = (party: AgentParty | ContactParty): Actor =>
  party.kind === 'agent'
    ? { kind: 'agent', id: party.agentId }
    : { kind: 'contact', id: party.contactId, inboxId: party.inboxId };

/** What stands in the path, and the rest. */
function divided(input: z.ZodObject, path: string): { params: z.ZodObject; body: z.ZodObject } {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => [name, true] as const);
  const inPath = Object.fromEntries(names);
  return { params: input.pick(inPath), body: input.omit(inPath) };
}

const topics: Record<string, string> = {
  widget: 'Widget',
  conversations: 'Conversations',
  contacts: 'Contacts',
  inboxes: 'Inboxes',
  labels: 'Labels',
  agents: 'Agents',
  me: 'Agents',
  workspace: 'Workspace',
};

/** The heading of an address, by its first word. */
function topicOf(path: string): string {
  const [, first = ''] = path.split('/');
  return topics[first] ?? first;
}
