import type { Refusal } from '@deskbell/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Allowance, subscriberOf } from './allowance.ts';
import { refusalOf, sendProblem, tooMany } from './problem.ts';
import type { AgentParty, Asked, ContactParty, Route } from './route.ts';

/** Finds out who asks. A refusal says why nobody does. */
export interface Door {
  agent(request: FastifyRequest): Promise<AgentParty | Refusal>;
  contact(request: FastifyRequest): Promise<ContactParty | Refusal>;
}

/** How often one party may ask over HTTP: far above any person, below what harms others. */
const PARTY_TERMS = { burst: 600, perMs: 10_000 };
/** A visitor's token costs nothing to make, so an address as a whole has a limit too. */
const WIDGET_TERMS = { burst: 1_200, perMs: 10_000 };

/** Serves routes: who asks, how often, whether the request is as it should be, then the route itself. */
export function serveRoutes(app: FastifyInstance, routes: readonly Route[], door: Door): void {
  acceptEmptyBodies(app);
  const limits = { parties: new Allowance(PARTY_TERMS), widgets: new Allowance(WIDGET_TERMS) };
  for (const route of routes) serve(app, route, { door, ...limits });
}

interface Context {
  door: Door;
  parties: Allowance;
  widgets: Allowance;
}

function serve(app: FastifyInstance, route: Route, context: Context): void {
  const own = route.allowance ? new Allowance(route.allowance) : null;
  app.route({
    method: route.method,
    url: route.path,
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const waitMs = own?.spend(subscriberOf(request.ip), performance.now()) ?? 0;
      if (waitMs > 0) return sendProblem(reply, tooMany(waitMs));
      const party = await identify(route, request, context);
      if (party && 'code' in party) return sendProblem(reply, party);
      const asked = check(route, request);
      if ('code' in asked) return sendProblem(reply, asked);
      return answer(route, { ...asked, party, request, reply });
    },
  });
}

async function identify(
  route: Route,
  request: FastifyRequest,
  { door, parties, widgets }: Context,
): Promise<AgentParty | ContactParty | Refusal | null> {
  if (route.who === 'anybody') return null;
  const now = performance.now();
  const from = subscriberOf(request.ip);
  if (route.who === 'contact') {
    const waitMs = widgets.spend(from, now);
    if (waitMs > 0) return tooMany(waitMs);
  }
  const party = await door[route.who](request);
  if ('code' in party) {
    // Keys of no inbox have a limit of their own: they take nothing from the visitors of the same address.
    if (route.who === 'contact' && party.code !== 'wrong-origin') widgets.refund(from, now);
    return party;
  }
  const waitMs = parties.spend(party.kind === 'agent' ? party.agentId : party.contactId, now);
  return waitMs > 0 ? tooMany(waitMs) : party;
}

function check(
  route: Route,
  request: FastifyRequest,
): Pick<Asked, 'params' | 'query' | 'body'> | Refusal {
  const parts: [z.ZodObject | null, unknown][] = [
    [route.params, request.params],
    [route.query, request.query],
    [route.body, request.body ?? {}],
  ];
  const read: unknown[] = [];
  for (const [schema, value] of parts) {
    const parsed = schema?.safeParse(value);
    if (parsed && !parsed.success) return refusalOf(parsed.error);
    read.push(parsed?.data);
  }
  return { params: read[0], query: read[1], body: read[2] };
}

async function answer(route: Route, asked: Asked): Promise<FastifyReply> {
  const { reply, party } = asked;
  const result = await route.handle(asked);
  if (result && 'code' in result) return sendProblem(reply, result as Refusal);
  if (party?.kind === 'agent' && !reply.hasHeader('deskbell-position'))
    reply.header('deskbell-position', String(positionOf(result) ?? party.position));
  return result === null ? reply.code(204).send() : reply.send(result);
}

const positionOf = (result: object | null) =>
  result && 'position' in result ? result.position : undefined;

/** JSON is the one language spoken; a command without fields may come with no body at all. */
function acceptEmptyBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    (request, body: string, done) =>
      body.trim() === '' ? done(null, undefined) : parse(request, body, done),
  );
}
