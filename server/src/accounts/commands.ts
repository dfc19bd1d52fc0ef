import { refuse } from '@deskbell/contract';
import { handler } from '../platform/pipeline/command.ts';
import { put } from '../platform/pipeline/table.ts';
import { type AgentRow, agents } from './sql.ts';

const audience = 'workspace';

export const accountCommands = [
  handler({
    kind: 'agent.add',
    needs: () => [],
    decide(state, { input }) {
      const existing = state.get(agents, input.agentId);
      if (existing) return { puts: [], events: [], answer: {} };
      for (const other of state.all(agents))
        if (other.email === input.email)
          return refuse('already-exists', `${input.email} is an agent here already`);
      const row: AgentRow = {
        id: input.agentId,
        userId: input.userId,
        version: 1,
        name: input.name,
        email: input.email,
        role: input.role,
        isActive: true,
        rights: 1,
      };
      return {
        puts: [put(agents, row)],
        events: [{ kind: 'agent.added', id: row.id, version: 1, audience }],
        answer: {},
      };
    },
  }),
  handler({
    kind: 'agent.rename',
    needs: () => [],
    decide(state, { input, actor }) {
      const agent = state.get(agents, actor.id);
      if (!agent?.isActive) return refuse('not-found');
      const row = { ...agent, name: input.name, version: agent.version + 1 };
      return {
        puts: [put(agents, row)],
        events: [{ kind: 'agent.changed', id: row.id, version: row.version, audience }],
        answer: {},
      };
    },
  }),
];
