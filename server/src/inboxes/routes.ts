import { inboxIdSchema, inboxSchema, refuse, sightingSchema } from '@deskbell/contract';
import { z } from 'zod';
import { changesSettings } from '../accounts/index.ts';
import { type Route, route } from '../platform/http/route.ts';
import type { Pool } from '../platform/store/connect.ts';
import { inboxForAgents, sightingForAgents } from './present.ts';
import { loadSightings } from './sightings.sql.ts';
import { inboxes, loadInboxes } from './sql.ts';

export function inboxRoutes({ pool }: { pool: Pool }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/inboxes',
      summary: 'All inboxes of the workspace, with those who serve them.',
      topic: 'Inboxes',
      who: 'agent',
      answer: z.object({ inboxes: z.array(inboxSchema) }),
      handle: async ({ party }) => ({
        inboxes: (await loadInboxes(pool, party.workspaceId)).map(inboxForAgents),
      }),
    }),
    route({
      method: 'GET',
      path: '/inboxes/:inboxId/sightings',
      summary: 'The sites on which its widget was seen, or refused, the latest first.',
      topic: 'Inboxes',
      who: 'agent',
      params: z.object({ inboxId: inboxIdSchema }),
      answer: z.object({ sightings: z.array(sightingSchema) }),
      refusals: ['not-found', 'forbidden'],
      async handle({ party: { workspaceId, role }, params: { inboxId } }) {
        const [inbox] = await inboxes.load(pool, workspaceId, [inboxId]);
        if (!inbox) return refuse('not-found');
        if (!changesSettings({ role, isActive: true }))
          return refuse('forbidden', 'Only admins see where a widget stands');
        const rows = await loadSightings(pool, workspaceId, inboxId);
        return { sightings: rows.map(sightingForAgents) };
      },
    }),
  ];
}
