import { teamSchema } from '@deskbell/contract';
import { z } from 'zod';
import { type Route, route } from '../platform/http/route.ts';
import type { Pool } from '../platform/store/connect.ts';
import { teamForAgents } from './present.ts';
import { loadTeams } from './sql.ts';

export function teamRoutes({ pool }: { pool: Pool }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/teams',
      summary: 'All teams of the workspace, with their members.',
      topic: 'Teams',
      who: 'agent',
      answer: z.object({ teams: z.array(teamSchema) }),
      handle: async ({ party }) => ({
        teams: (await loadTeams(pool, party.workspaceId)).map(teamForAgents),
      }),
    }),
  ];
}
