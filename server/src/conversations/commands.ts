import { type CommandAnswer, type CommandKind, refuse } from '@deskbell/contract';
import { type ContactRow, contacts } from '../contacts/index.ts';
import { inboxes } from '../inboxes/index.ts';
import {
  type Actor,
  type Command,
  type Context,
  type Decision,
  handler,
  isRefusal,
  type NewEvent,
} from '../platform/pipeline/command.ts';
import { need, put, type State } from '../platform/pipeline/table.ts';
import { presence } from '../presence/index.ts';
import { accessConversation, standingIn } from './access.ts';
import { mayClose, mayMarkPending, maySee } from './policy.ts';
import {
  type Author,
  assigned,
  type ConversationRow,
  closed,
  isMember,
  joined,
  left,
  markedPending,
  opened,
  refusedAccept,
  refusedByState,
  refusedReply,
  reopenedBy,
  reopensFor,
  resumed,
  type Step,
  ticked,
  withMessage,
} from './rules.ts';
import { betweenKey, conversations, latestConversation, timeline } from './sql.ts';

/** The agents who see a conversation: its inbox's members, and supervisors. */
const agentsOf = (conversation: ConversationRow) => `inbox:${conversation.inboxId} supervisors`;

const isToldToContact = (kind: NewEvent['kind']) =>
  kind !== 'conversation.joined' && kind !== 'conversation.pending';

/** Turns the steps of one command into rows and events; the last step's conversation is the one stored. */
function changes<Kind extends CommandKind>(
  steps: readonly Step[],
  answer: CommandAnswer<Kind>,
): Decision<Kind> {
  const last = steps.at(-1);
  return {
    puts: [
      ...(last ? [put(conversations, last.conversation)] : []),
      ...steps.map(({ entry }) => put(timeline, entry)),
    ],
    events: steps.map(({ conversation, event }) => ({
      kind: event,
      id: conversation.id,
      version: conversation.seq,
      audience: isToldToContact(event)
        ? `${agentsOf(conversation)} contact:${conversation.contactId}`
        : agentsOf(conversation),
    })),
    answer,
  };
}

const authorOf = (actor: Actor): Author =>
  actor.kind === 'system' ? { kind: 'system', id: null } : { kind: actor.kind, id: actor.id };
const isOnline = (state: State, agentId: string | null) =>
  agentId !== null && (state.get(presence, agentId)?.isOnline ?? false);
/** Online, and still one who sees the inbox: what returns to anybody else would be stuck. */
const isAssigneeThere = (state: State, { assigneeId, inboxId }: ConversationRow) =>
  isOnline(state, assigneeId) && maySee(standingIn(state, assigneeId ?? '', inboxId));
const onConversation = ({ conversationId }: { conversationId: string }) => [
  need(conversations, conversationId),
];
const onConversationOnline = ({ conversationId }: { conversationId: string }, actor: Actor) => [
  need(conversations, conversationId),
  need(presence, actor.id),
];

function latestOf(state: State, actor: Actor): ConversationRow | undefined {
  return actor.kind === 'contact'
    ? state.find(latestConversation, betweenKey(actor.id, actor.inboxId))
    : undefined;
}

/** A contact's row is made by their first message, not by their visit. */
function contactFor(
  state: State,
  actor: Actor,
  now: number,
): { puts: ReturnType<typeof put>[]; events: NewEvent[] } {
  if (state.get(contacts, actor.id)) return { puts: [], events: [] };
  const row: ContactRow = { id: actor.id, version: 1, name: null, email: null, createdAt: now };
  return {
    puts: [put(contacts, row)],
    events: [{ kind: 'contact.added', id: row.id, version: 1, audience: 'workspace' }],
  };
}

/** The steps that lead from the contact's latest conversation to one that takes their message. */
function awaken(
  state: State,
  command: Command<'message.receive'>,
  context: Context,
): { steps: Step[]; conversation: ConversationRow } {
  const { actor } = command;
  const author = authorOf(actor);
  const latest = latestOf(state, actor);
  const step = (() => {
    if (latest?.status === 'open') return null;
    const isAssigneeOnline = latest !== undefined && isAssigneeThere(state, latest);
    const change = { author, settings: context.settings, isAssigneeOnline };
    if (latest?.status === 'pending')
      return resumed(latest, { ...change, event: 'conversation.resumed' }, context);
    if (latest && reopensFor(latest, context.settings, context.now))
      return resumed(latest, { ...change, event: 'conversation.reopened' }, context);
    const inboxId = actor.kind === 'contact' ? actor.inboxId : '';
    return opened({ inboxId, contactId: actor.id, author }, context);
  })();
  if (step) return { steps: [step], conversation: step.conversation };
  if (!latest) throw new Error('a conversation that needs no step is there');
  return { steps: [], conversation: latest };
}

const receive = handler({
  kind: 'message.receive',
  needs: (_input, actor) =>
    actor.kind === 'contact'
      ? [need(latestConversation, betweenKey(actor.id, actor.inboxId)), need(contacts, actor.id)]
      : [],
  alsoNeeds(state, { actor }) {
    const latest = latestOf(state, actor);
    return latest && latest.status !== 'open' && latest.assigneeId
      ? [need(presence, latest.assigneeId)]
      : [];
  },
  decide(state, command, context) {
    const { input, clientId, actor } = command;
    const contact = contactFor(state, actor, context.now);
    const { steps, conversation } = awaken(state, command, context);
    const message = withMessage(
      conversation,
      { text: input.text, clientId, author: authorOf(actor), settings: context.settings },
      context,
    );
    const answer = {
      conversationId: conversation.id,
      entryId: message.entry.id,
      seq: message.entry.seq,
    };
    const decision = changes<'message.receive'>(
      [...steps, message],
      answer as CommandAnswer<'message.receive'>,
    );
    return {
      ...decision,
      puts: [...contact.puts, ...decision.puts],
      events: [...contact.events, ...decision.events],
    };
  },
});

const send = handler({
  kind: 'message.send',
  needs: onConversation,
  decide(state, { input, actor, clientId }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const refused = refusedReply(access.conversation, actor.id);
    if (refused) return refused;
    const message = withMessage(
      access.conversation,
      { text: input.text, clientId, author: authorOf(actor), settings: context.settings },
      context,
    );
    return changes<'message.send'>([message], {
      entryId: message.entry.id,
      seq: message.entry.seq,
    } as CommandAnswer<'message.send'>);
  },
});

const start = handler({
  kind: 'conversation.start',
  needs: ({ contactId, inboxId }, actor) => [
    need(contacts, contactId),
    need(latestConversation, betweenKey(contactId, inboxId)),
    need(presence, actor.id),
  ],
  decide(state, { input, actor, clientId }, context) {
    const isThere = state.get(contacts, input.contactId) && state.get(inboxes, input.inboxId);
    if (!isThere || !maySee(standingIn(state, actor.id, input.inboxId))) return refuse('not-found');
    const latest = state.find(latestConversation, betweenKey(input.contactId, input.inboxId));
    if (latest && latest.status !== 'closed') return refuse('conversation-unclosed');
    if (!isOnline(state, actor.id)) return refuse('offline');
    const author = authorOf(actor);
    const first = opened({ inboxId: input.inboxId, contactId: input.contactId, author }, context);
    const second = assigned(first.conversation, { agentId: actor.id, author }, context);
    const third = withMessage(
      second.conversation,
      { text: input.text, clientId, author, settings: context.settings },
      context,
    );
    const answer = {
      conversationId: third.conversation.id,
      entryId: third.entry.id,
      seq: third.entry.seq,
    };
    return changes<'conversation.start'>(
      [first, second, third],
      answer as CommandAnswer<'conversation.start'>,
    );
  },
});

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

export const conversationCommands = [
  receive,
  send,
  start,
  accept,
  join,
  leave,
  markPending,
  markOpen,
  close,
  end,
  reopen,
  tick,
];
