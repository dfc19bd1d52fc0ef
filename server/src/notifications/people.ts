import { type Sight, sightOf } from '@deskbell/contract';
import { loadAgents } from '../accounts/index.ts';
import { loadInboxes } from '../inboxes/index.ts';
import type { Queries } from '../platform/store/connect.ts';
import { loadTeams } from '../teams/index.ts';

/** What each active agent of a workspace sees, by their id. */
export async function findSights(
  sql: Queries,
  workspaceId: string,
): Promise<ReadonlyMap<string, Sight>> {
  const [agents, inboxes, teams] = await Promise.all([
    loadAgents(sql, workspaceId),
    loadInboxes(sql, workspaceId),
    loadTeams(sql, workspaceId),
  ]);
  const active = agents.filter(({ isActive }) => isActive);
  return new Map(active.map((agent) => [agent.id, sightOf(agent, { inboxes, teams })]));
}
