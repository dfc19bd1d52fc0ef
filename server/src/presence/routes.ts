import { agentIdSchema, refuse, timeSchema } from '@deskbell/contract';
import { z } from 'zod';
import { seesEveryInbox } from '../accounts/index.ts';
import { type Route, route } from '../platform/http/route.ts';
import type { Pool } from '../platform/store/connect.ts';
import { findLastSeen } from './sql.ts';

export function presenceRoutes({ pool }: { pool: Pool }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/agents/last-seen',
      summary: 'When each agent was last active, for supervisors.',
      topic: 'Agents',
      who: 'agent',
      answer: z.object({ lastSeen: z.record(agentIdSchema, timeSchema) }),
      refusals: ['forbidden'],
      async handle({ party }) {
        if (!seesEveryInbox({ ...party, isActive: true }))
          return refuse('forbidden', 'Only supervisors see when somebody was active');
        return { lastSeen: await findLastSeen(pool, party.workspaceId) };
      },
    }),
  ];
}
