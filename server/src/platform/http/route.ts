import type { ErrorCode, Refusal, Role, Sight } from '@deskbell/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AllowanceTerms } from './allowance.ts';

/** An agent who asks: who they are, and what they see. */
export interface AgentParty {
  kind: 'agent';
  workspaceId: string;
  agentId: string;
  role: Role;
  sight: Sight;
  /** The log's head before anything else was read: what is read after it is at least that new. */
  position: number;
}

/** A contact who asks, in the inbox whose widget they use. */
export interface ContactParty {
  kind: 'contact';
  workspaceId: string;
  contactId: string;
  inboxId: string;
}

interface Parties {
  anybody: null;
  agent: AgentParty;
  contact: ContactParty;
}
export type Who = keyof Parties;

export interface Asked<Asker extends Who = Who, Params = unknown, Query = unknown, Body = unknown> {
  party: Parties[Asker];
  params: Params;
  query: Query;
  body: Body;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** One address of the API under /api/v1, as data: served, described in OpenAPI, and tested, from here. */
export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** With `:names` for what stands in the path. */
  path: string;
  /** One sentence for the API description. */
  summary: string;
  /** The heading it stands under there. */
  topic: string;
  /** Who may ask at all; what each may do is the policy's to say. */
  who: Who;
  params: z.ZodObject;
  query: z.ZodObject;
  body: z.ZodObject | null;
  /** null: 204, nothing to say. */
  answer: z.ZodObject | null;
  /** The command it sends, safe to repeat under the same `Idempotency-Key`; null where it sends none. */
  command: string | null;
  /** The refusals that this route has beyond those that any may have. */
  refusals: readonly ErrorCode[];
  /** How often one address may ask. */
  allowance: AllowanceTerms | null;
  handle(asked: Asked): Promise<object | null>;
}

export const NOTHING = z.strictObject({});

type Definition<
  Asker extends Who,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodObject,
  Answer extends z.ZodObject | null,
> = Pick<Route, 'method' | 'path' | 'summary' | 'topic'> &
  Partial<Pick<Route, 'refusals' | 'allowance' | 'command'>> & {
    who: Asker;
    params?: Params;
    query?: Query;
    body?: Body;
    answer: Answer;
    handle(
      asked: Asked<Asker, z.infer<Params>, z.infer<Query>, z.infer<Body>>,
    ): Promise<(Answer extends z.ZodObject ? z.input<Answer> : null) | Refusal>;
  };

/** Defines a route; what `handle` is given and must return follows from the schemas. */
export function route<
  Asker extends Who,
  Answer extends z.ZodObject | null,
  Params extends z.ZodObject = typeof NOTHING,
  Query extends z.ZodObject = typeof NOTHING,
  Body extends z.ZodObject = typeof NOTHING,
>(definition: Definition<Asker, Params, Query, Body, Answer>): Route {
  return {
    params: NOTHING,
    query: NOTHING,
    body: null,
    command: null,
    refusals: [],
    allowance: null,
    ...definition,
  } as unknown as Route;
}
