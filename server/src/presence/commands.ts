import { refuse } from '@deskbell/contract';
import { type AgentRow, agents, changesSettings } from '../accounts/index.ts';
import { differences } from '../platform/audit/audit.ts';
import { type Decision, handler } from '../platform/pipeline/command.ts';
import { need, put } from '../platform/pipeline/table.ts';
import { isGone, isIdle, type Releases, switched, wentIdle, wentOffline } from './rules.ts';
import { presence } from './sql.ts';

const nothing = { puts: [], events: [], answer: {} };

function changed(row: AgentRow): Decision {
  const { id, version } = row;
  const event = { kind: 'agent.availability-changed' as const, id, version, audience: 'workspace' };
  return { puts: [put(agents, row)], events: [event], answer: {} };
}

/** what was answered when the desk asked. Unasked, it is as when somebody goes offline by themselves. */
const releasesOf = (conversations: 'keep' | 'queue' | undefined): Releases =>
  conversations ? ({ keep: 'none', queue: 'all' } as const)[conversations] : 'waiting';

const desksOf = ({ agentId }: { agentId: string }) => [need(presence, agentId)];

export const presenceCommands = [
  handler({
    kind: 'agent.set-availability',
    needs: () => [],
    decide(state, { input: { availability, conversations }, actor }, { now }) {
      const agent = state.get(agents, actor.id);
      if (!agent?.isActive) return refuse('not-found');
      const releases = availability === 'offline' ? releasesOf(conversations) : agent.releases;
      const isSame = agent.availability === availability && agent.releases === releases;
      // Chosen, it holds whatever they touch.
      if (isSame && (agent.returnsTo === null || availability === 'offline')) return nothing;
      return changed({ ...switched(agent, availability, now), releases });
    },
  }),
  handler({
    kind: 'agent.sign-in',
    isRepeatable: true,
    needs: () => [],
    decide(state, { input }, { now }) {
      const agent = state.get(agents, input.agentId);
      if (!agent?.isActive || agent.returnsTo === null) return nothing;
      return changed(switched(agent, agent.returnsTo, now));
    },
  }),
  handler({
    kind: 'agent.sign-out',
    isRepeatable: true,
    needs: desksOf,
    decide(state, { input }, { now }) {
      const agent = state.get(agents, input.agentId);
      const desks = state.get(presence, input.agentId);
      if (!agent || agent.availability === 'offline' || desks?.isConnected) return nothing;
      const offline = wentOffline(agent, releasesOf(input.conversations), now);
      return changed({ ...offline, returnsTo: agent.returnsTo ?? agent.availability });
    },
  }),
  handler({
    kind: 'agent.tick',
    isRepeatable: true,
    needs: desksOf,
    decide(state, { input }, context) {
      const agent = state.get(agents, input.agentId);
      const desks = state.get(presence, input.agentId);
      if (!agent) return nothing;
      if (isGone(agent, desks, context)) return changed(wentOffline(agent, 'waiting', context.now));
      return isIdle(agent, desks, context) ? changed(wentIdle(agent, context.now)) : nothing;
    },
  }),
  handler({
    kind: 'agent.set-capacity',
    needs: () => [],
    decide(state, { input: { agentId, capacity }, actor }) {
      const [self, agent] = [state.get(agents, actor.id), state.get(agents, agentId)];
      if (!agent || !self?.isActive) return refuse('not-found');
      if (!changesSettings(self))
        return refuse('forbidden', 'Only admins change how much somebody may have');
      if (agent.capacity === capacity) return nothing;
      const row = { ...agent, capacity, version: agent.version + 1 };
      const { id, version } = row;
      return {
        puts: [put(agents, row)],
        events: [{ kind: 'agent.changed', id, version, audience: 'workspace' }],
        answer: {},
        audit: [
          {
            what: 'agent.capacity-changed',
            subject: agent,
            changes: differences({ capacity: agent.capacity }, { capacity }),
          },
        ],
      };
    },
  }),
];
