import { type ErrorCode, errors } from '@deskbell/contract';
import type { Route, Who } from '../platform/http/route.ts';
import { type JsonSchema, jsonSchemas, named, referTo } from './named-schemas.ts';

export interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { description: string; [key: string]: unknown }>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

/** As much of OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1) as we write. */
export interface ApiDescription {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, JsonSchema> };
}

/** Describes the API from what serves it: the routes, and the contract's schemas. */
export function describeApi(routes: readonly Route[], version: string): ApiDescription {
  const schemas = schemasOf(routes);
  const paths: ApiDescription['paths'] = {};
  for (const route of routes) {
    const path = pathOf(route);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) };
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Deskbell', version, description: 'Readable at /api/docs, with the socket.' },
    servers: [{ url: '/api/v1' }],
    tags: [...new Set(routes.map(({ topic }) => topic))].map((name) => ({ name })),
    paths,
    components: { schemas: jsonSchemas(named, 'output'), securitySchemes },
  };
}

/** `/conversations/{conversationId}` */
const pathOf = ({ path }: Pick<Route, 'path'>) => path.replace(/:(\w+)/g, '{$1}');

const securitySchemes: Record<string, JsonSchema> = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'deskbell_session',
    description: 'What signing in gives a browser. Changes something only for our own pages.',
  },
  bearer: { type: 'http', scheme: 'bearer', description: 'The same token, for other clients.' },
  inbox: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Deskbell-Inbox',
    description: "The inbox's public key.",
  },
  visitor: {
    type: 'http',
    scheme: 'bearer',
    description: "The secret of 32 to 128 characters that the visitor's browser made.",
  },
};

const security: Record<Who, Record<string, string[]>[]> = {
  anybody: [],
  agent: [{ session: [] }, { bearer: [] }],
  contact: [{ inbox: [], visitor: [] }],
};

const name = ({ method, path }: Route, part: string) => `${method} ${path} ${part}`;

type Schemas = Record<string, JsonSchema>;

/** All schemas of requests and answers at once, so that each name is made once. */
function schemasOf(routes: readonly Route[]): Schemas {
  const sent = routes.flatMap((route) => [
    [name(route, 'params'), route.params] as const,
    [name(route, 'query'), route.query] as const,
    ...(route.body ? [[name(route, 'body'), route.body] as const] : []),
  ]);
  const answered = routes.flatMap((route) =>
    route.answer ? [[name(route, 'answer'), route.answer] as const] : [],
  );
  return {
    ...jsonSchemas(Object.fromEntries(sent), 'input'),
    ...jsonSchemas(Object.fromEntries(answered), 'output'),
  };
}

function operationOf(route: Route, schemas: Schemas): Operation {
  const body = schemas[name(route, 'body')];
  return {
    operationId: operationIdOf(route),
    summary: route.summary,
    tags: [route.topic],
    security: security[route.who],
    parameters: parametersOf(route, schemas),
    ...(body && hasFields(body)
      ? {
          requestBody: {
            required: (body.required as string[] | undefined) !== undefined,
            content: { 'application/json': { schema: body } },
          },
        }
      : {}),
    responses: { ...successOf(route, schemas), ...problemsOf(route) },
  };
}

const hasFields = (schema: JsonSchema) =>
  Object.keys((schema.properties as object) ?? {}).length > 0;

/** The command as it is called, `message.send`; else `getConversationsByConversationIdTimeline`. */
function operationIdOf({ method, path, command }: Route): string {
  if (command) return command;
  const words = path.split(/[/-]/).filter(Boolean);
  const told = words.map((word) => (word.startsWith(':') ? `by-${word.slice(1)}` : word));
  return `${method.toLowerCase()}-${told.join('-')}`.replace(/-(\w)/g, (_, letter: string) =>
    letter.toUpperCase(),
  );
}

function parametersOf(route: Route, schemas: Schemas): Parameter[] {
  return [
    ...fieldsOf(schemas[name(route, 'params')], 'path'),
    ...fieldsOf(schemas[name(route, 'query')], 'query'),
    ...(route.command ? [idempotencyKey] : []),
  ];
}

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A UUID of yours, once per intent: sent again with it, the command is done once.',
  schema: { type: 'string', format: 'uuid' },
};

function fieldsOf(schema: JsonSchema | undefined, place: 'path' | 'query'): Parameter[] {
  const required = (schema?.required as string[] | undefined) ?? [];
  return Object.entries((schema?.properties ?? {}) as Record<string, JsonSchema>).map(
    ([field, { description, ...rest }]) => ({
      name: field,
      in: place,
      required: place === 'path' || required.includes(field),
      ...(typeof description === 'string' ? { description } : {}),
      schema: rest,
    }),
  );
}

function successOf(route: Route, schemas: Schemas): Operation['responses'] {
  const schema = schemas[name(route, 'answer')];
  if (!schema) return { '204': { description: 'Done.' } };
  return {
    '200': {
      description: 'Done.',
      ...(route.who === 'agent' ? { headers: { 'Deskbell-Position': positionHeader } } : {}),
      content: { 'application/json': { schema } },
    },
  };
}

const positionHeader = {
  description: "A position of the workspace's log; the answer is at least that new.",
  schema: { type: 'integer' },
};

/** What any request of this kind may be refused with, then the route's own. */
function refusalsOf(route: Route): ErrorCode[] {
  const byWho: Record<Who, ErrorCode[]> = {
    anybody: [],
    agent: ['unauthenticated', 'session-ended'],
    contact: ['unauthenticated'],
  };
  const general: ErrorCode[] = [
    'invalid',
    ...byWho[route.who],
    'too-many',
    'failed',
    'unavailable',
  ];
  const ofBody: ErrorCode[] = route.body ? ['too-large'] : [];
  const ofCommand: ErrorCode[] = route.command ? ['busy'] : [];
  return [...new Set([...general, ...ofBody, ...ofCommand, ...route.refusals])];
}

function problemsOf(route: Route): Operation['responses'] {
  const byStatus = Map.groupBy(refusalsOf(route), (code) => errors[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${errors[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema: referTo('Problem') } },
      },
    ]),
  );
}
