import { agents } from '../accounts/index.ts';
import {
  assigned,
  burdenOf,
  type ConversationRow,
  changes,
  isOnline,
  openOf,
  queueKey,
  servesPlace,
  tellingBefore,
  waiting,
} from '../conversations/index.ts';
import { inboxes } from '../inboxes/index.ts';
import { type Context, handler } from '../platform/pipeline/command.ts';
import { need, put, type State } from '../platform/pipeline/table.ts';
import { teamsIn } from '../teams/index.ts';
import { type Candidate, plan } from './rules.ts';
import { turns } from './sql.ts';

/** So many are assigned by one run, and the rest by the next: nobody else's command waits long. */
const ASSIGNMENTS_LIMIT = 100;

/** Where conversations wait. */
interface Queue {
  key: string;
  inboxId: string;
  teamId: string | null;
}

const run = handler({
  kind: 'routing.run',
  isRepeatable: true,
  needs: () => [],
  alsoNeeds: (state) => [
    ...queuesIn(state).map(({ key }) => need(waiting, key)),
    // Who comes online in the same batch is among them as well.
    ...[...state.all(agents)]
      .filter(({ isActive }) => isActive)
      .flatMap(({ id }) => [need(openOf, id), need(turns, id)]),
  ],
  decide(state, _command, context) {
    const { settings } = context;
    if (settings.routing === 'manual')
      return { puts: [], events: [], answer: { isAutomatic: false, isLeft: false } };
    const queues = queuesIn(state).filter(({ key }) => state.group(waiting, key).length > 0);
    const rows = queues.flatMap(({ key }) => state.group(waiting, key)).sort(waiting.compare);
    const candidates = queues.length > 0 ? candidatesFor(state, queues, context) : [];
    const planned = plan({
      mode: settings.routing,
      isSticky: settings.isRoutingSticky,
      waiting: rows.map((row) => ({ ...row, queue: queueKey(row) })),
      candidates,
    });
    const now = planned.slice(0, ASSIGNMENTS_LIMIT);
    const given = now.map(({ conversationId, agentId }) => {
      const conversation = rows.find(({ id }) => id === conversationId) as ConversationRow;
      const change = { agentId, author: { kind: 'system', id: null } as const, settings };
      return changes([assigned(conversation, change, context)], {});
    });
    const isCut = queues.some(({ key }) => state.group(waiting, key).length === waiting.limit);
    return {
      puts: [...given.flatMap(({ puts }) => puts), ...turnsAfter(now, candidates, context)],
      events: given.flatMap(({ events }) => events),
      // More of a queue than was looked at may fit as well, once these are gone from it.
      answer: {
        isAutomatic: true,
        isLeft: now.length > 0 && (isCut || now.length < planned.length),
      },
    };
  },
});

function queuesIn(state: State): Queue[] {
  const teamIds = [null, ...teamsIn(state).map(({ id }) => id)];
  return [...state.all(inboxes)].flatMap(({ id: inboxId }) =>
    teamIds.map((teamId) => ({ key: queueKey({ inboxId, teamId }), inboxId, teamId })),
  );
}

const onlineIn = (state: State): string[] =>
  [...state.all(agents)].map(({ id }) => id).filter((id) => isOnline(state, id));

function candidatesFor(state: State, queues: readonly Queue[], { settings }: Context): Candidate[] {
  return onlineIn(state).map((agentId) => ({
    agentId,
    queues: new Set(
      queues.filter((queue) => servesPlace(state, agentId, queue)).map(({ key }) => key),
    ),
    ...burdenOf(state, agentId, settings),
    servedAt: state.get(turns, agentId)?.servedAt ?? null,
  }));
}

/** Who was given one stands behind all others, also of those who were given one in the same moment. */
function turnsAfter(
  given: readonly { agentId: string }[],
  candidates: readonly Candidate[],
  { now }: Context,
) {
  const latest = Math.max(now, ...candidates.map(({ servedAt }) => servedAt ?? 0));
  const servedAt = new Map(given.map(({ agentId }, index) => [agentId, latest + index + 1]));
  return [...servedAt].map(([agentId, at]) => put(turns, { agentId, servedAt: at }));
}

export const routingCommands = [tellingBefore(run)];
