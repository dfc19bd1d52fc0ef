import {
  agentIdSchema,
  agentSchema,
  refuse,
  roleSchema,
  roles,
  timeSchema,
  workspaceSchema,
} from '@deskbell/contract';
import { z } from 'zod';
import { type Route, route } from '../platform/http/route.ts';
import type { Pool } from '../platform/store/connect.ts';
import { findLastSeen } from '../presence/index.ts';
import { changesSettings, invitesAs, seesEveryInbox } from './policy.ts';
import { agentForAgents, workspaceForAgents } from './present.ts';
import { loadAgents } from './sql.ts';
import { findWorkspace } from './workspace.sql.ts';

const topic = 'Agents';

/** Agents, and who one is oneself. */
export function accountRoutes({ pool }: { pool: Pool }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/agents',
      summary: 'All agents of the workspace.',
      topic,
      who: 'agent',
      answer: z.object({ agents: z.array(agentSchema) }),
      handle: async ({ party }) => ({
        agents: (await loadAgents(pool, party.workspaceId)).map(agentForAgents),
      }),
    }),
    route({
      method: 'GET',
      path: '/agents/last-seen',
      summary: 'When each agent was last active, for supervisors.',
      topic,
      who: 'agent',
      answer: z.object({ lastSeen: z.record(agentIdSchema, timeSchema) }),
      refusals: ['forbidden'],
      async handle({ party }) {
        if (!seesEveryInbox({ ...party, isActive: true }))
          return refuse('forbidden', 'Only supervisors see when somebody was active');
        return { lastSeen: await findLastSeen(pool, party.workspaceId) };
      },
    }),
    route({
      method: 'GET',
      path: '/me',
      summary: 'Who is signed in, where, and what they may do.',
      topic,
      who: 'agent',
      answer: z.object({
        agent: agentSchema,
        workspace: workspaceSchema,
        may: z.object({
          changeSettings: z.boolean(),
          seeEveryInbox: z.boolean(),
          inviteAs: z.array(roleSchema),
        }),
      }),
      async handle({ party }) {
        const [everybody, workspace] = await Promise.all([
          loadAgents(pool, party.workspaceId),
          findWorkspace(pool, party.workspaceId),
        ]);
        const agent = everybody.find(({ id }) => id === party.agentId);
        if (!agent || !workspace) return refuse('session-ended');
        return {
          agent: agentForAgents(agent),
          workspace: workspaceForAgents(workspace),
          may: {
            changeSettings: changesSettings(agent),
            seeEveryInbox: seesEveryInbox(agent),
            inviteAs: roles.filter((role) => invitesAs(agent, role)),
          },
        };
      },
    }),
  ];
}
