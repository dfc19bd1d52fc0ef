import { type AuditKind, type EventKind, type Refusal, refuse } from '@deskbell/contract';
import { differences } from '../platform/audit/audit.ts';
import { type Actor, type Decision, handler } from '../platform/pipeline/command.ts';
import { put, type State } from '../platform/pipeline/table.ts';
import { invitesAs, manages } from './policy.ts';
import { type AgentRow, agents, newcomer } from './sql.ts';

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

/** What others see of an agent has changed, and nothing of what they may. */
function shown(
  agent: AgentRow,
  change: Partial<Pick<AgentRow, 'name' | 'picture' | 'languages' | 'signature'>>,
) {
  const row = { ...agent, ...change, version: agent.version + 1 };
  return {
    puts: [put(agents, row)],
    events: [{ kind: 'agent.changed' as const, id: row.id, version: row.version, audience }],
    answer: {},
  };
}

/** What an agent may see has changed, so their streams begin anew. */
function changed(
  agent: AgentRow,
  change: Partial<AgentRow>,
  [kind, what]: readonly [EventKind, AuditKind],
): Decision {
  const row = { ...agent, ...change, version: agent.version + 1, rights: agent.rights + 1 };
  const changes = differences({ role: agent.role }, { role: row.role });
  return {
    puts: [put(agents, row)],
    events: [{ kind, id: row.id, version: row.version, audience }],
    answer: {},
    audit: [{ what, subject: agent, changes }],
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
      const { agentId: id, userId, name, email, role } = input;
      const row: AgentRow = { ...newcomer, id, userId, name, email, role };
      return {
        puts: [put(agents, row)],
        events: [{ kind: 'agent.added', id: row.id, version: 1, audience }],
        answer: {},
        audit: [
          { what: 'agent.added', subject: row, changes: differences({}, { role: row.role }) },
        ],
      };
    },
  }),
  handler({
    kind: 'agent.rename',
    needs: () => [],
    decide(state, { input, actor }) {
      const agent = state.get(agents, actor.id);
      if (!agent?.isActive) return refuse('not-found');
      const changes = differences({ name: agent.name }, { name: input.name });
      return {
        ...shown(agent, { name: input.name }),
        audit: changes.length > 0 ? [{ what: 'agent.renamed', subject: agent, changes }] : [],
      };
    },
  }),
  handler({
    kind: 'agent.change-profile',
    needs: () => [],
    decide(state, { input, actor }) {
      const agent = state.get(agents, actor.id);
      if (!agent?.isActive) return refuse('not-found');
      const { languages = agent.languages, signature = agent.signature } = input;
      return shown(agent, { languages, signature });
    },
  }),
  handler({
    kind: 'agent.change-picture',
    needs: () => [],
    decide(state, { input }) {
      const agent = state.get(agents, input.agentId);
      if (!agent) return refuse('not-found');
      return agent.picture === input.picture ? nothing : shown(agent, { picture: input.picture });
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
      return changed(agent, { role: input.role }, ['agent.changed', 'agent.role-changed']);
    },
  }),
  handler({
    kind: 'agent.deactivate',
    needs: () => [],
    decide(state, { input, actor }, { now }) {
      const agent = accessAgent(state, actor, input.agentId);
      if ('code' in agent) return agent;
      if (!agent.isActive) return nothing;
      if (isLastOwner(state, agent)) return refuse('last-owner');
      if (agent.id === actor.id)
        return refuse('forbidden', 'Nobody deactivates themselves; ask another admin');
      const offline = { availability: 'offline', availabilityAt: now, returnsTo: null } as const;
      const kinds = ['agent.deactivated', 'agent.deactivated'] as const;
      return changed(agent, { isActive: false, ...offline }, kinds);
    },
  }),
  handler({
    kind: 'agent.reactivate',
    needs: () => [],
    decide(state, { input, actor }) {
      const agent = accessAgent(state, actor, input.agentId);
      if ('code' in agent) return agent;
      return agent.isActive
        ? nothing
        : changed(agent, { isActive: true }, ['agent.reactivated', 'agent.reactivated']);
    },
  }),
];
