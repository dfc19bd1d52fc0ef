import { countsSchema, inboxKeySchema, refuse, siteSchema } from '@deskbell/contract';
import { z } from 'zod';
import { type Route, route } from '../platform/http/route.ts';
import type { Hubs } from './hubs.ts';

/** What hubs hold in memory anyway, for those without a socket. */
export function streamRoutes({ hubs }: { hubs: Hubs }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/counts',
      summary: 'The counts of the tabs, over all that one may see.',
      topic: 'Conversations',
      who: 'agent',
      answer: countsSchema,
      async handle({ party, reply }) {
        const hub = await hubs.of(party.workspaceId);
        reply.header('deskbell-position', String(hub.position));
        return hub.countsOf(party.agentId, party.inboxes);
      },
    }),
    route({
      method: 'GET',
      path: '/widget/site',
      summary: 'What the loader shows of an inbox before anybody has written.',
      topic: 'Widget',
      who: 'anybody',
      allowance: { burst: 600, perMs: 10_000 },
      query: z.object({ inbox: inboxKeySchema }),
      answer: siteSchema,
      refusals: ['not-found'],
      handle: async ({ query }) => (await hubs.siteOf(query.inbox)) ?? refuse('not-found'),
    }),
  ];
}
