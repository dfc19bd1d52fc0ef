import type { Agent } from '@deskbell/contract';

/** Those who are active, or those who no longer are. */
export type Group = 'active' | 'deactivated';

/** Oneself first, then by name as the language sorts it; only those whose name or mail address holds every word. */
export function inOrder(
  agents: readonly Agent[],
  { me, language, group, search }: { me: string; language: string; group: Group; search: string },
): Agent[] {
  // Nine comes before ten. One collator for all: hundreds of names are sorted at each letter of a search.
  const { compare } = new Intl.Collator(language, { numeric: true });
  const words = search.toLocaleLowerCase(language).split(/\s+/).filter(Boolean);
  const isFirst = (agent: Agent) => (agent.id === me ? 0 : 1);
  const isFound = ({ name, email }: Agent) => {
    const text = `${name} ${email}`.toLocaleLowerCase(language);
    return words.every((word) => text.includes(word));
  };
  return agents
    .filter((agent) => agent.isActive === (group === 'active') && isFound(agent))
    .sort((one, other) => isFirst(one) - isFirst(other) || compare(one.name, other.name));
}
