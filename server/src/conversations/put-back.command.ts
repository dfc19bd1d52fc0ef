import { refuse } from '@deskbell/contract';
import { handler, isRefusal } from '../platform/pipeline/command.ts';
import { need } from '../platform/pipeline/table.ts';
import { accessConversation, standingTowards } from './access.ts';
import { canReturn, takerNeeds } from './capacity.ts';
import { awake, changes } from './changes.ts';
import { maySee } from './policy.ts';
import { isUntouched, putBack } from './put-back.rules.ts';
import { betweenKey, conversations, latestConversation } from './sql.ts';

/** for whoever takes a job back, and with their rights. */
export const putBackCommand = handler({
  kind: 'conversation.put-back',
  needs: ({ conversationId, before }) => [
    need(conversations, conversationId),
    ...takerNeeds(before.assigneeId === null ? [] : [before.assigneeId]),
  ],
  alsoNeeds(state, { input }) {
    const conversation = state.get(conversations, input.conversationId);
    return conversation?.status === 'closed'
      ? [need(latestConversation, betweenKey(conversation.contactId, conversation.inboxId))]
      : [];
  },
  decide(state, { input }, context) {
    const { conversationId, agentId, before } = input;
    const access = accessConversation(state, { kind: 'agent', id: agentId }, conversationId);
    if (isRefusal(access)) return access;
    const { conversation } = access;
    if (!isUntouched(conversation, before)) return refuse('changed-meanwhile');
    const between = betweenKey(conversation.contactId, conversation.inboxId);
    const latest =
      conversation.status === 'closed' ? state.find(latestConversation, between) : undefined;
    if (latest && latest.status !== 'closed') return refuse('conversation-unclosed');
    const asBefore = { ...awake(state, conversation), ...before, seq: conversation.seq };
    const { settings } = context;
    const stays = (id: string) => maySee(standingTowards(state, id, asBefore));
    // What is pending takes nobody's room.
    const canAssigneeHave =
      before.status === 'pending'
        ? stays(before.assigneeId ?? '')
        : canReturn(state, asBefore, settings);
    const author = { kind: 'agent', id: agentId } as const;
    const change = { before, author, settings, canAssigneeHave, stays };
    return changes([putBack(awake(state, conversation), change, context)], {});
  },
});
