import type { Agent } from '@deskbell/contract';

/** Oneself first, then by name as the language sorts it. Who has left isn't listed. */
export function inOrder(agents: readonly Agent[], me: string, language: string): Agent[] {
  const isFirst = (agent: Agent) => (agent.id === me ? 0 : 1);
  return agents
    .filter((agent) => agent.isActive)
    .sort(
      (one, other) => isFirst(one) - isFirst(other) || one.name.localeCompare(other.name, language),
    );
}
