import { type Refusal, refuse, type SightFacts, type SightPlace, sees } from '@deskbell/contract';
import { agents } from '../accounts/index.ts';
import type { Actor } from '../platform/pipeline/command.ts';
import type { State } from '../platform/pipeline/table.ts';
import * as presence from '../presence/index.ts';
import { viewerIn } from '../teams/index.ts';
import { maySee, type Standing } from './policy.ts';
import type { ConversationRow } from './rules.ts';
import { conversations } from './sql.ts';

/** How an agent stands towards a conversation. */
export function standingTowards(
  state: State,
  agentId: string,
  conversation: Pick<ConversationRow, 'inboxId' | 'teamId' | 'assigneeId' | 'participants'>,
): Standing {
  const viewer = viewerIn(state, agentId);
  return {
    isActive: state.get(agents, agentId)?.isActive ?? false,
    isSupervisor: viewer.isSupervisor,
    isInSight: sees(viewer, conversation as SightFacts),
  };
}

/** How an agent stands towards whatever arrives in an inbox. */
export function standingIn(state: State, agentId: string, inboxId: string): Standing {
  return standingTowards(state, agentId, {
    inboxId,
    teamId: null,
    assigneeId: null,
    participants: [],
  });
}

/** whether the system may give them what stands there: its team's members, or without a team those who serve the inbox. */
export function servesPlace(
  state: State,
  agentId: string,
  { inboxId, teamId }: SightPlace,
): boolean {
  const { teamIds, servedInboxIds } = viewerIn(state, agentId);
  return teamId === null ? servedInboxIds.has(inboxId) : teamIds.has(teamId);
}

/** The one door to a conversation for an agent's command. */
export function accessConversation(
  state: State,
  actor: Actor,
  conversationId: string,
): { conversation: ConversationRow; standing: Standing } | Refusal {
  const conversation = state.get(conversations, conversationId);
  if (!conversation) return refuse('not-found');
  const standing = standingTowards(state, actor.id, conversation);
  return maySee(standing) ? { conversation, standing } : refuse('not-found');
}

/** whether they can be given something new. */
export const isOnline = (state: State, agentId: string): boolean =>
  presence.isOnline(state.get(agents, agentId));

/** whether they answer where they are in a conversation. */
export const isThere = (state: State, agentId: string): boolean =>
  presence.replies(state.get(agents, agentId));
