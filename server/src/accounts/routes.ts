import {
  agentSchema,
  maySchema,
  refuse,
  workspaceIdSchema,
  workspaceSchema,
} from '@deskbell/contract';
import { z } from 'zod';
import { type Route, route } from '../platform/http/route.ts';
import type { Pool } from '../platform/store/connect.ts';
import { mayOf } from './policy.ts';
import { agentForAgents, workspaceForAgents, workspaceOfSignIn } from './present.ts';
import { loadAgents } from './sql.ts';
import { findWorkspace, findWorkspacesOf } from './workspace.sql.ts';

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
      path: '/me',
      summary: 'Who is signed in, where, and what they may do.',
      topic,
      who: 'agent',
      answer: z.object({
        agent: agentSchema,
        workspace: workspaceSchema,
        may: maySchema,
        workspaces: z
          .array(z.object({ id: workspaceIdSchema, name: z.string(), isLastUsed: z.boolean() }))
          .meta({ description: 'all that this sign-in belongs to, the first joined first' }),
      }),
      async handle({ party }) {
        const [everybody, workspace] = await Promise.all([
          loadAgents(pool, party.workspaceId),
          findWorkspace(pool, party.workspaceId),
        ]);
        const agent = everybody.find(({ id }) => id === party.agentId);
        if (!agent || !workspace) return refuse('session-ended');
        const workspaces = await findWorkspacesOf(pool, agent);
        return {
          agent: agentForAgents(agent),
          workspace: workspaceForAgents(workspace),
          may: mayOf(agent),
          workspaces: workspaces.map(workspaceOfSignIn),
        };
      },
    }),
  ];
}
