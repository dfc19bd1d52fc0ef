import {
  agentFaceSchema,
  agentIdSchema,
  canSort,
  contactIdSchema,
  contactSchema,
  conversationIdSchema,
  conversationSchema,
  entrySchema,
  listAddressSchema,
  markSchema,
  ownConversationSchema,
  queryIn,
  receiptSchema,
  refuse,
  sortsOf,
} from '@deskbell/contract';
import { z } from 'zod';
import { type Route, route } from '../platform/http/route.ts';
import type { Pool } from '../platform/store/connect.ts';
import {
  readConversation,
  readHistory,
  readOwnHistory,
  readOwnTimelinePage,
  readTimelinePage,
} from './reading.ts';
import { isCursorOf } from './shapes.sql.ts';
import { readPage } from './snapshot.ts';
import { readLoads } from './sql.ts';

const topic = 'Conversations';
const limitSchema = z.coerce.number().int().min(1).max(100).default(50);
const onConversation = z.object({ conversationId: conversationIdSchema });
const cursorSchema = z
  .string()
  .regex(
    /^[0-3]:-?\d{1,15}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    'is no cursor that was given out',
  )
  .meta({ description: '`next` of the page before' });
const pageOfTimeline = z.object({
  before: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({ description: 'entries before this sequence; absent: the newest' }),
  limit: limitSchema,
});
const card = {
  conversations: z.array(conversationSchema),
  contacts: z.array(contactSchema),
  marks: z.array(markSchema),
  receipts: z.array(receiptSchema),
};

/** Reading conversations; what lies in an inbox that one doesn't see is not there. */
export function listRoutes({ pool }: { pool: Pool }): Route[] {
  return [...forAgents(pool), ...forContacts(pool)];
}

function forAgents(pool: Pool): Route[] {
  return [
    route({
      method: 'GET',
      path: '/agents/loads',
      summary: 'How many open conversations each agent has, as R-3.4 counts them.',
      topic,
      who: 'agent',
      answer: z.object({ loads: z.record(agentIdSchema, z.int()) }),
      handle: async ({ party }) => ({ loads: await readLoads(pool, party.workspaceId) }),
    }),
    route({
      method: 'GET',
      path: '/conversations',
      summary: 'A page of a list, in its order, with what its cards show.',
      topic,
      who: 'agent',
      query: listAddressSchema.extend({
        cursor: cursorSchema.optional(),
        limit: limitSchema,
      }),
      answer: z.object({
        ...card,
        next: z
          .string()
          .nullable()
          .meta({ description: 'cursor of the next page; null at the end' }),
      }),
      async handle({ party, query }) {
        const { list, cursor, limit } = query;
        if (!canSort(list, query.sort))
          return refuse('invalid', `${list} is sorted by ${sortsOf(list).join(', ')}`, {
            field: 'sort',
          });
        const asked = queryIn(query);
        if (cursor !== undefined && !isCursorOf(asked, cursor))
          return refuse('invalid', 'The cursor is none of this list in this order', {
            field: 'cursor',
          });
        return readPage(pool, party, { ...asked, cursor, limit });
      },
    }),
    route({
      method: 'GET',
      path: '/contacts/:contactId/conversations',
      summary: "A contact's conversations, of all inboxes and states, the one opened last first.",
      topic: 'Contacts',
      who: 'agent',
      params: z.object({ contactId: contactIdSchema }),
      query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) }),
      answer: z.object({ conversations: z.array(conversationSchema), hasMore: z.boolean() }),
      refusals: ['not-found'],
      handle: async ({ party, params, query }) =>
        (await readHistory(pool, party, { ...params, ...query })) ?? refuse('not-found'),
    }),
    route({
      method: 'GET',
      path: '/conversations/:conversationId',
      summary: 'One conversation, with what its card shows.',
      topic,
      who: 'agent',
      params: onConversation,
      answer: z.object(card),
      refusals: ['not-found'],
      handle: async ({ party, params }) =>
        (await readConversation(pool, party, params.conversationId)) ?? refuse('not-found'),
    }),
    route({
      method: 'GET',
      path: '/conversations/:conversationId/timeline',
      summary: 'A page of the timeline, in the order of its sequence.',
      topic,
      who: 'agent',
      params: onConversation,
      query: pageOfTimeline,
      answer: z.object({ entries: z.array(entrySchema), hasEarlier: z.boolean() }),
      refusals: ['not-found'],
      handle: async ({ party, params, query }) =>
        (await readTimelinePage(pool, party, { ...params, ...query })) ?? refuse('not-found'),
    }),
  ];
}

function forContacts(pool: Pool): Route[] {
  return [
    route({
      method: 'GET',
      path: '/widget/conversations',
      summary: "The contact's conversations in this inbox, the newest first.",
      topic: 'Widget',
      who: 'contact',
      query: z.object({ limit: limitSchema }),
      answer: z.object({
        conversations: z.array(ownConversationSchema),
        agents: z.array(agentFaceSchema),
      }),
      handle: ({ party, query }) => readOwnHistory(pool, party, query.limit),
    }),
    route({
      method: 'GET',
      path: '/widget/conversations/:conversationId/timeline',
      summary: 'A page of a timeline as its contact sees it.',
      topic: 'Widget',
      who: 'contact',
      params: onConversation,
      query: pageOfTimeline,
      answer: z.object({
        entries: z.array(entrySchema),
        agents: z.array(agentFaceSchema),
        hasEarlier: z.boolean(),
      }),
      refusals: ['not-found'],
      handle: async ({ party, params, query }) =>
        (await readOwnTimelinePage(pool, party, { ...params, ...query })) ?? refuse('not-found'),
    }),
  ];
}
