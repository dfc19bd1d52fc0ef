import { labelSchema } from '@deskbell/contract';
import { z } from 'zod';
import { type Route, route } from '../platform/http/route.ts';
import type { Pool } from '../platform/store/connect.ts';
import { labelForAgents } from './present.ts';
import { loadLabels } from './sql.ts';

export function labelRoutes({ pool }: { pool: Pool }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/labels',
      summary: 'All labels of the workspace, the deleted ones too.',
      topic: 'Labels',
      who: 'agent',
      answer: z.object({ labels: z.array(labelSchema) }),
      handle: async ({ party }) => ({
        labels: (await loadLabels(pool, party.workspaceId)).map(labelForAgents),
      }),
    }),
  ];
}
