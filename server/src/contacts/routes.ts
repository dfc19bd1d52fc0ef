import { contactIdSchema, contactSchema, refuse } from '@deskbell/contract';
import { z } from 'zod';
import { type Route, route } from '../platform/http/route.ts';
import type { Pool } from '../platform/store/connect.ts';
import { contactForAgents } from './present.ts';
import { findSeenContacts } from './sight.sql.ts';

/** A contact's details are for those who see a conversation of theirs. */
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
        const { sight, workspaceId } = party;
        const contactIds = [params.contactId];
        const [row] = await findSeenContacts(pool, workspaceId, { contactIds, sight });
        return row ? { contact: contactForAgents(row) } : refuse('not-found');
      },
    }),
  ];
}
