import type { Viewer } from '@deskbell/contract';
import { agents, seesEveryInbox } from '../accounts/index.ts';
import { inboxes } from '../inboxes/index.ts';
import type { State } from '../platform/pipeline/table.ts';
import { teams } from './sql.ts';

/** What an agent sees, for a decision: nothing is counted up that nobody asks for. */
export function viewerIn(state: State, agentId: string): Viewer {
  const has = (row: { memberIds: string[] } | undefined) =>
    row?.memberIds.includes(agentId) ?? false;
  const isInTeam = (id: string) => has(state.get(teams, id));
  const isInInbox = (id: string) => has(state.get(inboxes, id));
  return {
    agentId,
    isSupervisor: seesEveryInbox(state.get(agents, agentId)),
    inboxIds: { has: isInInbox },
    teamIds: { has: isInTeam },
    servedInboxIds: {
      has: (id) => isInInbox(id) || (state.get(inboxes, id)?.teamIds.some(isInTeam) ?? false),
    },
  };
}
