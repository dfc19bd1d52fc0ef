import type { NewEvent } from '../platform/pipeline/command.ts';
import { type Put, put, type State } from '../platform/pipeline/table.ts';
import { agents } from './sql.ts';

/** What these agents may see has changed: their rights grow, so that their streams start afresh. */
export function withOtherRights(
  state: State,
  agentIds: Iterable<string>,
): { puts: Put[]; events: NewEvent[] } {
  const rows = [...new Set(agentIds)].flatMap((id) => {
    const agent = state.get(agents, id);
    return agent ? [{ ...agent, rights: agent.rights + 1, version: agent.version + 1 }] : [];
  });
  return {
    puts: rows.map((row) => put(agents, row)),
    events: rows.map(({ id, version }) => ({
      kind: 'agent.changed',
      id,
      version,
      audience: 'workspace',
    })),
  };
}
