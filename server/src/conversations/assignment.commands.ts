import { refuse } from '@deskbell/contract';
import { agents } from '../accounts/index.ts';
import { handler, isRefusal } from '../platform/pipeline/command.ts';
import { need, type State } from '../platform/pipeline/table.ts';
import { accessConversation, isOnline } from './access.ts';
import {
  assigned,
  backInTeam,
  invited,
  joined,
  left,
  transferred,
  unassigned,
  withoutTeam,
} from './assignment.rules.ts';
import { canTakeOf, hasRoomFor, takerNeeds } from './capacity.ts';
import {
  authorOf,
  changes,
  isForsaken,
  isTeamThere,
  onConversation,
  onConversationTaking,
  participantIds,
  placeOf,
  refusedTaking,
} from './changes.ts';
import { mayAssign, mayForce, mayInvite } from './policy.ts';
import {
  isMember,
  refusedAccept,
  refusedAssign,
  refusedByState,
  refusedInvite,
  refusedUnassign,
} from './rules.ts';
import { conversations } from './sql.ts';
import { noted } from './steps.rules.ts';
import { isAllowedTarget, isAllowedTeam } from './targets.ts';

const accept = handler({
  kind: 'conversation.accept',
  needs: onConversationTaking,
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const refused =
      refusedAccept(access.conversation, actor.id) ??
      refusedTaking(state, actor.id, context.settings);
    if (refused) return refused;
    const change = { agentId: actor.id, author: authorOf(actor), settings: context.settings };
    return changes([assigned(access.conversation, change, context)], {});
  },
});

const join = handler({
  kind: 'conversation.join',
  needs: onConversationTaking,
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
    const { settings } = context;
    const refusedSelf = refusedTaking(state, actor.id, settings);
    if (refusedSelf) return refusedSelf;
    const change = { agentId: actor.id, author: authorOf(actor), settings };
    return changes<'conversation.join'>([assigned(conversation, change, context)], {
      as: 'assignee',
    });
  },
});

const leave = handler({
  kind: 'conversation.leave',
  needs: onConversation,
  alsoNeeds: (state, { input }) => successorNeeds(state, input.conversationId),
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const { conversation } = access;
    const refused = refusedByState('conversation.leave', conversation.status);
    if (refused) return refused;
    if (!isMember(conversation, actor.id))
      return refuse('not-in-conversation', 'You are not in this conversation');
    const { settings } = context;
    const canTake = canTakeOf(state, conversation, settings);
    return changes([left(conversation, { agentId: actor.id, settings, canTake }, context)], {});
  },
});

const assign = handler({
  kind: 'conversation.assign',
  needs: ({ conversationId, agentId }) => [
    need(conversations, conversationId),
    ...takerNeeds([agentId]),
  ],
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const { conversation, standing } = access;
    const { settings } = context;
    const { agentId, note } = input;
    if (!mayAssign(standing, placeOf(conversation, actor.id)))
      return refuse('taken', undefined, { agentId: conversation.assigneeId ?? '' });
    if (input.isForced && !mayForce(standing))
      return refuse('forbidden', 'Only a supervisor goes beyond what an agent may have');
    if (!state.get(agents, agentId)?.isActive) return refuse('not-found');
    const target = {
      agentId,
      isOnline: isOnline(state, agentId),
      hasRoom: hasRoomFor(state, agentId, settings),
      isAllowed: isAllowedTarget(state, { actorId: actor.id, agentId, conversation, settings }),
    };
    const refused = refusedAssign(conversation, target, input.isForced === true);
    if (refused) return refused;
    const author = authorOf(actor);
    // The note first: who gets the conversation finds it there.
    const steps = note === undefined ? [] : [noted(conversation, { text: note, author }, context)];
    const isForced = conversation.status === 'open' && !target.hasRoom;
    if (isForced && note === undefined)
      return refuse(
        'reason-needed',
        'Going beyond what an agent may have needs a reason: say it in the note',
        {
          field: 'note',
        },
      );
    const change = { agentId, author, settings, isForced };
    return changes(
      [...steps, assigned(steps.at(-1)?.conversation ?? conversation, change, context)],
      {},
    );
  },
});

const unassign = handler({
  kind: 'conversation.unassign',
  needs: onConversation,
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const { conversation, standing } = access;
    const refused = refusedUnassign(conversation);
    if (refused) return refused;
    if (!mayAssign(standing, placeOf(conversation, actor.id)))
      return refuse('taken', undefined, { agentId: conversation.assigneeId ?? '' });
    const change = { author: authorOf(actor), settings: context.settings };
    return changes([unassigned(conversation, change, context)], {});
  },
});

const transfer = handler({
  kind: 'conversation.transfer',
  needs: onConversation,
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const { conversation, standing } = access;
    const refused = refusedByState('conversation.transfer', conversation.status);
    if (refused) return refused;
    if (!isTeamThere(state, input.teamId)) return refuse('not-found', 'There is no such team');
    if (!mayAssign(standing, placeOf(conversation, actor.id)))
      return refuse('taken', undefined, { agentId: conversation.assigneeId ?? '' });
    if (conversation.teamId === input.teamId && conversation.assigneeId === null)
      return refuse('wrong-state', 'It waits there already');
    const { settings } = context;
    if (!isAllowedTeam(state, { actorId: actor.id, teamId: input.teamId, settings }))
      return refuse('no-target');
    const { note, teamId } = input;
    const author = authorOf(actor);
    const steps = note === undefined ? [] : [noted(conversation, { text: note, author }, context)];
    const from = steps.at(-1)?.conversation ?? conversation;
    return changes([...steps, transferred(from, { teamId, author, settings }, context)], {});
  },
});

const loseTeam = handler({
  kind: 'conversation.lose-team',
  isRepeatable: true,
  needs: onConversation,
  decide(state, { input, actor }, context) {
    const conversation = state.get(conversations, input.conversationId);
    if (!conversation) return refuse('not-found');
    const isKept = conversation.status === 'closed' || isTeamThere(state, conversation.teamId);
    if (isKept) return { puts: [], events: [], answer: {} };
    return changes([withoutTeam(conversation, authorOf(actor), context)], {});
  },
});

const regainTeam = handler({
  kind: 'conversation.regain-team',
  isRepeatable: true,
  needs: onConversation,
  decide(state, { input, actor }, context) {
    const { conversationId, teamId, seq } = input;
    const conversation = state.get(conversations, conversationId);
    if (!conversation) return refuse('not-found');
    const { status } = conversation;
    if (status === 'closed' || conversation.teamId !== null || !isTeamThere(state, teamId))
      return { puts: [], events: [], answer: {} };
    if (conversation.seq !== seq) return refuse('changed-meanwhile');
    const change = { teamId, author: authorOf(actor) };
    return changes([backInTeam(conversation, change, context)], {});
  },
});

const addParticipant = handler({
  kind: 'conversation.add-participant',
  needs: onConversation,
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const { conversation, standing } = access;
    const { agentId } = input;
    const { settings } = context;
    if (!state.get(agents, agentId)?.isActive) return refuse('not-found');
    const isAllowed = isAllowedTarget(state, {
      actorId: actor.id,
      agentId,
      conversation,
      settings,
    });
    const refused = refusedInvite(conversation, { agentId, isAllowed });
    if (refused) return refused;
    if (!mayInvite(standing, isMember(conversation, actor.id)))
      return refuse('taken', undefined, { agentId: conversation.assigneeId ?? '' });
    return changes([invited(conversation, { agentId, author: authorOf(actor) }, context)], {});
  },
});

const release = handler({
  kind: 'conversation.release',
  isRepeatable: true,
  needs: onConversation,
  alsoNeeds: (state, { input }) => successorNeeds(state, input.conversationId),
  decide(state, { input, actor }, context) {
    const conversation = state.get(conversations, input.conversationId);
    if (!conversation) return refuse('not-found');
    const { agentId } = input;
    const isActive = state.get(agents, agentId)?.isActive === true;
    const isReleased = isActive
      ? conversation.assigneeId === agentId && isForsaken(state, conversation)
      : conversation.status !== 'closed' && isMember(conversation, agentId);
    if (!isReleased) return { puts: [], events: [], answer: {} };
    const { settings } = context;
    const canTake = canTakeOf(state, conversation, settings);
    const what = isActive ? ('went-offline' as const) : ('left' as const);
    const leaving = { agentId, settings, canTake, what, author: authorOf(actor) };
    return changes([left(conversation, leaving, context)], {});
  },
});

/** What decides which participant takes over. */
function successorNeeds(state: State, conversationId: string) {
  const conversation = state.get(conversations, conversationId);
  return conversation ? takerNeeds(participantIds(conversation)) : [];
}

export const assignmentCommands = [
  accept,
  join,
  leave,
  assign,
  unassign,
  transfer,
  loseTeam,
  regainTeam,
  addParticipant,
  release,
];
