import { refuse } from '@deskbell/contract';
import { typing, typingKey } from '../drafts/index.ts';
import { type Context, type Handler, handler, isRefusal } from '../platform/pipeline/command.ts';
import { need, put, type State } from '../platform/pipeline/table.ts';
import { accessConversation, isOnline } from './access.ts';
import { assignmentCommands } from './assignment.commands.ts';
import { burdenOf, candidatesFor, canTakeOf, hasRoomFor, takerNeeds } from './capacity.ts';
import {
  authorOf,
  awake,
  changes,
  latestOf,
  onConversation,
  onConversationTaking,
  participantIds,
  placeOf,
  refusedTaking,
  tellingBefore,
} from './changes.ts';
import { type ClockFacts, ticked } from './clock.rules.ts';
import { labellingCommands } from './labels.commands.ts';
import { messageCommands } from './messages.commands.ts';
import { mayClose, mayFlag, mayMarkPending, needsReason } from './policy.ts';
import { putBackCommand } from './put-back.command.ts';
import { type ConversationRow, isMember, leastBusy, refusedByState } from './rules.ts';
import { betweenKey, conversations, latestConversation } from './sql.ts';
import { closed, flagged, markedPending, reopenedBy, resumed } from './steps.rules.ts';

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
  alsoNeeds(state, { input }) {
    const assigneeId = state.get(conversations, input.conversationId)?.assigneeId;
    return assigneeId ? takerNeeds([assigneeId]) : [];
  },
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const { conversation, standing } = access;
    const refused = refusedByState('conversation.mark-open', conversation.status);
    if (refused) return refused;
    if (!mayMarkPending(standing, isMember(conversation, actor.id)))
      return refuse('forbidden', 'Only who is in the conversation takes it up again');
    const { settings } = context;
    // Whatever is pending has its agent.
    const agentId = conversation.assigneeId ?? '';
    // a pending one takes nobody's room, an open one does.
    if (!hasRoomFor(state, agentId, settings))
      return agentId === actor.id
        ? refuse('at-capacity')
        : refuse('agent-at-capacity', undefined, { agentId });
    // The agents in it stay in it: this is their own doing, not the contact's return.
    const change = {
      author: authorOf(actor),
      settings,
      canAssigneeTake: true,
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
    const place = placeOf(conversation, actor.id);
    if (!mayClose(standing, place))
      return refuse('taken', undefined, { agentId: conversation.assigneeId ?? '' });
    const text = input.reason;
    if (needsReason(place) && text === undefined)
      return refuse('reason-needed', undefined, { field: 'reason' });
    return changes(
      [closed(conversation, { reason: 'agent', author: authorOf(actor), text }, context)],
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
  needs: onConversationTaking,
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
    if (latest?.status !== 'closed') return refuse('conversation-unclosed');
    const refusedSelf = refusedTaking(state, actor.id, context.settings);
    if (refusedSelf) return refusedSelf;
    return changes(
      [
        reopenedBy(
          awake(state, conversation),
          { agentId: actor.id, settings: context.settings },
          context,
        ),
      ],
      {},
    );
  },
});

const tick = handler({
  kind: 'conversation.tick',
  isRepeatable: true,
  needs: onConversation,
  alsoNeeds(state, { input }) {
    const conversation = state.get(conversations, input.conversationId);
    const { assigneeId } = conversation ?? {};
    if (!conversation || !assigneeId || conversation.lastSide !== 'contact') return [];
    const others = [...participantIds(conversation), ...candidatesFor(state, conversation)];
    return [need(typing, typingKey(conversation.id, assigneeId)), ...takerNeeds(others)];
  },
  decide(state, { input }, context) {
    const conversation = state.get(conversations, input.conversationId);
    if (!conversation) return refuse('not-found');
    const outcome = ticked(conversation, clockFacts(state, conversation, context), context);
    if ('entry' in outcome) return changes([outcome], {});
    const isMoved = outcome.dueAt !== conversation.dueAt;
    return { puts: isMoved ? [put(conversations, outcome)] : [], events: [], answer: {} };
  },
});

function clockFacts(
  state: State,
  conversation: ConversationRow,
  { settings }: Context,
): ClockFacts {
  const { id, assigneeId } = conversation;
  const typedAt = state.get(typing, typingKey(id, assigneeId ?? ''))?.at ?? null;
  const others = settings.afterDetach === 'reassign' ? candidatesFor(state, conversation) : [];
  const burdens = others
    .filter((agentId) => isOnline(state, agentId))
    .map((agentId) => ({ agentId, ...burdenOf(state, agentId, settings) }));
  const canTake = canTakeOf(state, conversation, settings);
  return { settings, typedAt, canTake, otherId: leastBusy(burdens) };
}

function flagHandler(kind: 'conversation.flag' | 'conversation.unflag') {
  return handler({
    kind,
    needs: onConversation,
    decide(state, { input, actor }, context) {
      const isFlagged = kind === 'conversation.flag';
      const access = accessConversation(state, actor, input.conversationId);
      if (isRefusal(access)) return access;
      const { conversation, standing } = access;
      if (!mayFlag(standing, placeOf(conversation, actor.id)))
        return refuse('taken', undefined, { agentId: conversation.assigneeId ?? '' });
      // Two who flag it at once want the same.
      if (conversation.isFlagged === isFlagged) return { puts: [], events: [], answer: {} };
      const change = { isFlagged, author: authorOf(actor), settings: context.settings };
      return changes([flagged(conversation, change, context)], {});
    },
  });
}

const flag = flagHandler('conversation.flag');
const unflag = flagHandler('conversation.unflag');

export const conversationCommands: Handler[] = [
  ...messageCommands,
  ...assignmentCommands,
  ...labellingCommands,
  putBackCommand,
  flag,
  unflag,
  markPending,
  markOpen,
  close,
  end,
  reopen,
  tick,
].map(tellingBefore);
