import { type Refusal, refuse } from '@deskbell/contract';
import { agents, seesEveryInbox } from '../accounts/index.ts';
import { inboxes } from '../inboxes/index.ts';
import type { Actor } from '../platform/pipeline/command.ts';
import type { State } from '../platform/pipeline/table.ts';
import { maySee, type Standing } from './policy.ts';
import type { ConversationRow } from './rules.ts';
import { conversations } from './sql.ts';

/** How an agent stands towards an inbox. */
export function standingIn(state: State, agentId: string, inboxId: string): Standing {
  const agent = state.get(agents, agentId);
  return {
    isActive: agent?.isActive ?? false,
    isSupervisor: seesEveryInbox(agent),
    servesInbox: state.get(inboxes, inboxId)?.memberIds.includes(agentId) ?? false,
  };
}

/** The one door to a conversation for an agent's command. */
export function accessConversation(
  state: State,
  actor: Actor,
  conversationId: string,
): { conversation: ConversationRow; standing: Standing } | Refusal {
  const conversation = state.get(conversations, conversationId);
  if (!conversation) return refuse('not-found');
  const standing = standingIn(state, actor.id, conversation.inboxId);
  return maySee(standing) ? { conversation, standing } : refuse('not-found');
}
