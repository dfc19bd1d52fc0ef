import type { Agent, AgentId, Board, Load } from '@deskbell/contract';

const NOTHING: Load = { open: 0, pending: 0, unanswered: 0 };

/** What an agent has to do. */
export const loadOf = (board: Board | null, agentId: AgentId): Load =>
  board?.agents[agentId] ?? NOTHING;

/** Over all agents. */
export function sumOf(board: Board, what: keyof Load): number {
  return Object.values(board.agents).reduce((sum, load) => sum + load[what], 0);
}

/** Those who belong to the workspace now. */
export const present = (agents: readonly Agent[]): Agent[] =>
  agents.filter(({ isActive }) => isActive);

const order = { online: 0, away: 1, offline: 2 };

/**
 * Who stands on the board, in an order that stays while numbers move: who is online, then away, then
 * whoever is offline with something still to do; and beside them those who are offline with nothing.
 */
export function shelves(
  agents: readonly Agent[],
  board: Board | null,
  language: string,
): { shown: Agent[]; offline: Agent[] } {
  const names = new Intl.Collator(language);
  const sorted = present(agents).sort(
    (left, right) =>
      order[left.availability] - order[right.availability] || names.compare(left.name, right.name),
  );
  const isIdle = ({ id, availability }: Agent) => {
    const { open, pending } = loadOf(board, id);
    return availability === 'offline' && open + pending === 0;
  };
  return {
    shown: sorted.filter((agent) => !isIdle(agent)),
    offline: sorted.filter(isIdle),
  };
}
