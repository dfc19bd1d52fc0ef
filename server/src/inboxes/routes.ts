import { inboxSchema } from '@deskbell/contract';
import { z } from 'zod';
import { type Route, route } from '../platform/http/route.ts';
import type { Pool } from '../platform/store/connect.ts';
import { inboxForAgents } from './present.ts';
import { loadInboxes } from './sql.ts';

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
  ];
}
