import { countsSchema, inboxKeySchema, mayEmbed, refuse, siteSchema } from '@deskbell/contract';
import { z } from 'zod';
import { pageOrigin } from '../platform/http/page-origin.ts';
import { type Route, route } from '../platform/http/route.ts';
import { strangeOrigin } from './contact-lane.ts';
import type { Hubs } from './hubs.ts';

/** What hubs hold in memory anyway, for those without a socket. */
export function streamRoutes({
  hubs,
  publicUrl,
}: {
  hubs: Hubs;
  publicUrl: string | undefined;
}): Route[] {
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
        return hub.countsOf(party.sight);
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
      refusals: ['not-found', 'wrong-origin'],
      async handle({ query, request }) {
        const found = await hubs.inboxOf(query.inbox);
        if (!found) return refuse('not-found');
        const origin = pageOrigin(request.raw, publicUrl);
        const isAdmitted = origin === null || mayEmbed(found.inbox.domains, origin);
        return isAdmitted ? found.site : refuse('wrong-origin', strangeOrigin(origin));
      },
    }),
  ];
}
