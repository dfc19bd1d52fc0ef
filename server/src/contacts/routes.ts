import { contactIdSchema, contactSchema, refuse } from '@deskbell/contract';
import { z } from 'zod';
import { type Route, route } from '../platform/http/route.ts';
import type { Pool } from '../platform/store/connect.ts';
import { contactForAgents } from './present.ts';
import { contacts } from './sql.ts';

/** A contact is known across inboxes: every agent of the workspace may look one up. */
export function contactRoutes({ pool }: { pool: Pool }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/contacts/:contactId',
      summary: 'One contact.',
      topic: 'Contacts',
      who: 'agent',
      params: z.object({ contactId: contactIdSchema }),
      answer: z.object({ contact: contactSchema }),
      refusals: ['not-found'],
      async handle({ party, params }) {
        const [row] = await contacts.load(pool, party.workspaceId, [params.contactId]);
        return row ? { contact: contactForAgents(row) } : refuse('not-found');
      },
    }),
  ];
}
