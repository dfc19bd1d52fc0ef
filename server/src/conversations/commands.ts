import { refuse } from '@deskbell/contract';
import { agents } from '../accounts/index.ts';
import { handler, isRefusal } from '../platform/pipeline/command.ts';
import { need, put } from '../platform/pipeline/table.ts';
import { accessConversation } from './access.ts';
import {
  authorOf,
  changes,
  isOnline,
  latestOf,
  onConversation,
  onConversationOnline,
} from './changes.ts';
import { messageCommands } from './messages.commands.ts';
import { mayClose, mayMarkPending } from './policy.ts';
import { isMember, refusedAccept, refusedByState } from './rules.ts';
import { betweenKey, conversations, latestConversation } from './sql.ts';
import {
  assigned,
  closed,
  joined,
  left,
  markedPending,
  reopenedBy,
  resumed,
  ticked,
} from './steps.rules.ts';

const accept = handler({
  kind: 'conversation.accept',
  needs: onConversationOnline,
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const refused = refusedAccept(access.conversation, actor.id);
    if (refused) return refused;
    if (!isOnline(state, actor.id)) return refuse('offline');
    return changes(
      [assigned(access.conversation, { agentId: actor.id, author: authorOf(actor) }, context)],
      {},
    );
  },
});

const join = handler({
  kind: 'conversation.join',
  needs: onConversationOnline,
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const { conversation } = access;
    const refused = refusedByState('conversation.join', conversation.status);
    if (refused) return refused;
    if (isMember(conversation, actor.id)) return refuse('already-yours');
    if (conversation.assigneeId !== null)
      return changes<'conversation.join'>([joined(conversation, actor.id, context)], {
        as: 'participant',
      });
    if (!isOnline(state, actor.id)) return refuse('offline');
    return changes<'conversation.join'>(
      [assigned(conversation, { agentId: actor.id, author: authorOf(actor) }, context)],
      { as: 'assignee' },
    );
  },
});

const leave = handler({
  kind: 'conversation.leave',
  needs: onConversation,
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const refused = refusedByState('conversation.leave', access.conversation.status);
    if (refused) return refused;
    if (!isMember(access.conversation, actor.id))
      return refuse('not-in-conversation', 'You are not in this conversation');
    const leaving = { agentId: actor.id, settings: context.settings };
    return changes([left(access.conversation, leaving, context)], {});
  },
});

const markPending = handler({
  kind: 'conversation.mark-pending',
  needs: onConversation,
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const { conversation, standing } = access;
    const refused = refusedByState('conversation.mark-pending', conversation.status);
    if (refused) return refused;
    if (!mayMarkPending(standing, isMember(conversation, actor.id)))
      return refuse('forbidden', 'Only who is in the conversation marks it pending');
    if (conversation.assigneeId === null)
      return refuse('wrong-state', 'Nobody has the conversation; accept it first');
    return changes(
      [
        markedPending(
          conversation,
          { author: authorOf(actor), settings: context.settings },
          context,
        ),
      ],
      {},
    );
  },
});

const markOpen = handler({
  kind: 'conversation.mark-open',
  needs: onConversation,
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const { conversation, standing } = access;
    const refused = refusedByState('conversation.mark-open', conversation.status);
    if (refused) return refused;
    if (!mayMarkPending(standing, isMember(conversation, actor.id)))
      return refuse('forbidden', 'Only who is in the conversation takes it up again');
    // The agents in it stay in it: this is their own doing, not the contact's return.
    const change = {
      author: authorOf(actor),
      settings: context.settings,
      isAssigneeOnline: true,
      event: 'conversation.resumed' as const,
    };
    return changes([resumed(conversation, change, context)], {});
  },
});

const close = handler({
  kind: 'conversation.close',
  needs: onConversation,
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const { conversation, standing } = access;
    const refused = refusedByState('conversation.close', conversation.status);
    if (refused) return refused;
    const may = mayClose(standing, {
      isIn: isMember(conversation, actor.id),
      isUntaken: conversation.assigneeId === null,
    });
    if (!may) return refuse('taken', undefined, { agentId: conversation.assigneeId ?? '' });
    return changes(
      [closed(conversation, { reason: 'agent', author: authorOf(actor) }, context)],
      {},
    );
  },
});

const end = handler({
  kind: 'conversation.end',
  needs: (_input, actor) =>
    actor.kind === 'contact' ? [need(latestConversation, betweenKey(actor.id, actor.inboxId))] : [],
  decide(state, { actor }, context) {
    const latest = latestOf(state, actor);
    if (!latest) return refuse('not-found');
    const refused = refusedByState('conversation.end', latest.status);
    if (refused) return refused;
    return changes([closed(latest, { reason: 'contact', author: authorOf(actor) }, context)], {});
  },
});

const reopen = handler({
  kind: 'conversation.reopen',
  needs: onConversationOnline,
  alsoNeeds(state, { input }) {
    const conversation = state.get(conversations, input.conversationId);
    return conversation
      ? [need(latestConversation, betweenKey(conversation.contactId, conversation.inboxId))]
      : [];
  },
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const { conversation } = access;
    const refused = refusedByState('conversation.reopen', conversation.status);
    if (refused) return refused;
    const latest = state.find(
      latestConversation,
      betweenKey(conversation.contactId, conversation.inboxId),
    );
    if (latest && latest.status !== 'closed') return refuse('conversation-unclosed');
    if (!isOnline(state, actor.id)) return refuse('offline');
    return changes(
      [reopenedBy(conversation, { agentId: actor.id, settings: context.settings }, context)],
      {},
    );
  },
});

const tick = handler({
  kind: 'conversation.tick',
  isRepeatable: true,
  needs: onConversation,
  decide(state, { input }, context) {
    const conversation = state.get(conversations, input.conversationId);
    if (!conversation) return refuse('not-found');
    const outcome = ticked(conversation, context.settings, context);
    return 'entry' in outcome
      ? changes([outcome], {})
      : { puts: [put(conversations, outcome)], events: [], answer: {} };
  },
});

const release = handler({
  kind: 'conversation.release',
  isRepeatable: true,
  needs: onConversation,
  decide(state, { input, actor }, context) {
    const conversation = state.get(conversations, input.conversationId);
    if (!conversation) return refuse('not-found');
    const isKept =
      conversation.status === 'closed' ||
      !isMember(conversation, input.agentId) ||
      state.get(agents, input.agentId)?.isActive === true;
    if (isKept) return { puts: [], events: [], answer: {} };
    const { settings } = context;
    const leaving = { agentId: input.agentId, settings, author: authorOf(actor) };
    return changes([left(conversation, leaving, context)], {});
  },
});

export const conversationCommands = [
  ...messageCommands,
  accept,
  join,
  leave,
  markPending,
  markOpen,
  close,
  end,
  reopen,
  tick,
  release,
];
