import { type EventKind, type Refusal, refuse } from '@deskbell/contract';
import { type Actor, type Decision, handler } from '../platform/pipeline/command.ts';
import { put, type State } from '../platform/pipeline/table.ts';
import { invitesAs, manages } from './policy.ts';
import { type AgentRow, agents } from './sql.ts';

const audience = 'workspace';

/** The one door to an agent that another changes. */
function accessAgent(state: State, actor: Actor, agentId: string): AgentRow | Refusal {
  const [self, target] = [state.get(agents, actor.id), state.get(agents, agentId)];
  if (!target || !self?.isActive) return refuse('not-found');
  return manages(self, target)
    ? target
    : refuse('forbidden', `You may not change somebody who is ${target.role}`);
}

/** Without this one nobody would be left who may do everything. */
function isLastOwner(state: State, agent: AgentRow): boolean {
  const owners = [...state.all(agents)].filter((each) => each.isActive && each.role === 'owner');
  return owners.length === 1 && owners[0]?.id === agent.id;
}

/** What an agent may see has changed, so their streams begin anew. */
function changed(
  agent: AgentRow,
  change: Partial<Pick<AgentRow, 'role' | 'isActive'>>,
  kind: EventKind,
): Decision {
  const row = { ...agent, ...change, version: agent.version + 1, rights: agent.rights + 1 };
  return {
    puts: [put(agents, row)],
    events: [{ kind, id: row.id, version: row.version, audience }],
    answer: {},
  } as Decision;
}

const nothing = { puts: [], events: [], answer: {} };

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
  handler({
    kind: 'agent.change-role',
    needs: () => [],
    decide(state, { input, actor }) {
      const agent = accessAgent(state, actor, input.agentId);
      if ('code' in agent) return agent;
      if (!invitesAs(state.get(agents, actor.id), input.role))
        return refuse('forbidden', `You may not make somebody ${input.role}`, { field: 'role' });
      if (agent.role === input.role) return nothing;
      if (isLastOwner(state, agent)) return refuse('last-owner');
      return changed(agent, { role: input.role }, 'agent.changed');
    },
  }),
  handler({
    kind: 'agent.deactivate',
    needs: () => [],
    decide(state, { input, actor }) {
      const agent = accessAgent(state, actor, input.agentId);
      if ('code' in agent) return agent;
      if (!agent.isActive) return nothing;
      if (isLastOwner(state, agent)) return refuse('last-owner');
      if (agent.id === actor.id)
        return refuse('forbidden', 'Nobody deactivates themselves; ask another admin');
      return changed(agent, { isActive: false }, 'agent.deactivated');
    },
  }),
  handler({
    kind: 'agent.reactivate',
    needs: () => [],
    decide(state, { input, actor }) {
      const agent = accessAgent(state, actor, input.agentId);
      if ('code' in agent) return agent;
      return agent.isActive ? nothing : changed(agent, { isActive: true }, 'agent.reactivated');
    },
  }),
];
