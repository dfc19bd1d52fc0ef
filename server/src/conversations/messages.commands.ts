import { type CommandAnswer, refuse } from '@deskbell/contract';
import { type ContactRow, contacts } from '../contacts/index.ts';
import { inboxes } from '../inboxes/index.ts';
import { hashInput } from '../platform/pipeline/answers.ts';
import {
  type Actor,
  type Command,
  type Context,
  handler,
  isRefusal,
  type NewEvent,
  type Recall,
} from '../platform/pipeline/command.ts';
import { need, put, type State } from '../platform/pipeline/table.ts';
import { presence } from '../presence/index.ts';
import { accessConversation, standingIn } from './access.ts';
import {
  authorOf,
  changes,
  isAssigneeThere,
  isOnline,
  latestOf,
  onConversation,
} from './changes.ts';
import { maySee } from './policy.ts';
import { type ConversationRow, refusedReply, reopensFor } from './rules.ts';
import { betweenKey, findSent, latestConversation } from './sql.ts';
import { assigned, opened, resumed, type Step, withMessage } from './steps.rules.ts';

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

/** A message sent again is known by its entry. */
const recall: Recall = async (sql, workspaceId, commands) => {
  const wanted = commands.map(({ clientId, actor }) => ({ clientId, authorId: actor.id }));
  return (await findSent(sql, workspaceId, wanted)).map((entry) => {
    const { conversationId, text, id: entryId, seq, position } = entry;
    const [kind, input, answer] =
      entry.authorKind === 'contact'
        ? ['message.receive', { text }, { conversationId, entryId, seq }]
        : ['message.send', { conversationId, text }, { entryId, seq }];
    return {
      clientId: entry.clientId,
      actor: entry.authorId,
      inputHash: hashInput({ kind, input }),
      position,
      answer: JSON.stringify(answer),
    };
  });
};

const receive = handler({
  kind: 'message.receive',
  recall,
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
  recall,
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

export const messageCommands = [receive, send, start];
