import { type CommandAnswer, NO_PRE_CHAT, type Refusal, refuse } from '@deskbell/contract';
import { type ContactRow, contactPlaces, contacts, knows } from '../contacts/index.ts';
import { inboxes } from '../inboxes/index.ts';
import { hashInput, type KeptAnswer } from '../platform/pipeline/answers.ts';
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
import { accessConversation, isThere, standingIn } from './access.ts';
import { assigned, left } from './assignment.rules.ts';
import { canReturn, canTakeOf, takerNeeds } from './capacity.ts';
import {
  authorOf,
  awake,
  changes,
  inboxOf,
  isForsaken,
  latestOf,
  onConversation,
  participantIds,
  refusedIfOffline,
  refusedTaking,
} from './changes.ts';
import { type ContactFacts, contactFactsOf, openingOf, teamByRules } from './opening.rules.ts';
import { maySee } from './policy.ts';
import { type ConversationRow, refusedReply, reopensFor } from './rules.ts';
import { betweenKey, findSent, latestConversation, type Sent } from './sql.ts';
import { noted, opened, resumed, type Step, withMessage } from './steps.rules.ts';

/** A contact's row is made by their first message, not by their visit. What they say of themselves fills what is empty. */
function contactFor(
  state: State,
  actor: Actor,
  { now, facts }: { now: number; facts: ContactFacts },
): { puts: ReturnType<typeof put>[]; events: NewEvent[] } {
  const known = state.get(contacts, actor.id);
  const before: ContactRow = known ?? { ...nobody, id: actor.id, createdAt: now };
  const row: ContactRow = {
    ...before,
    name: before.name ?? facts.name ?? null,
    email: before.email ?? facts.email ?? null,
    phone: before.phone ?? facts.phone ?? null,
    version: before.version + 1,
  };
  const isTold =
    row.name !== before.name || row.email !== before.email || row.phone !== before.phone;
  if (known && !isTold) return { puts: [], events: [] };
  const kind = known ? 'contact.changed' : 'contact.added';
  return {
    puts: [put(contacts, row)],
    events: [{ kind, id: row.id, version: row.version, audience: `known:${row.id}` }],
  };
}

const nobody = { version: 0, name: null, email: null, phone: null } as const;

/** what an offline agent was left with goes back when its contact writes; null where it stays. */
function released(state: State, conversation: ConversationRow, context: Context): Step | null {
  const { assigneeId, waitingSince } = conversation;
  const asWaiting = { ...conversation, waitingSince: waitingSince ?? context.now };
  if (!isForsaken(state, asWaiting)) return null;
  const { settings } = context;
  const leaving = {
    ...{ agentId: assigneeId ?? '', settings, canTake: canTakeOf(state, conversation, settings) },
    author: { kind: 'system', id: null } as const,
    what: 'went-offline' as const,
  };
  return left(conversation, leaving, context);
}

/** The steps that lead from the contact's latest conversation to one that takes their message. */
function awaken(
  state: State,
  command: Command<'message.receive'>,
  context: Context,
): { steps: Step[]; conversation: ConversationRow; facts?: ContactFacts } | Refusal {
  const { actor } = command;
  const author = authorOf(actor);
  const latest = latestOf(state, actor);
  const step = (() => {
    if (latest?.status === 'open') return released(state, latest, context);
    const { settings } = context;
    const canAssigneeTake = latest !== undefined && canReturn(state, latest, settings);
    const change = { author, settings, canAssigneeTake };
    if (latest?.status === 'pending')
      return resumed(latest, { ...change, event: 'conversation.resumed' }, context);
    if (latest && reopensFor(latest, context.settings, context.now))
      return resumed(awake(state, latest), { ...change, event: 'conversation.reopened' }, context);
    return null;
  })();
  if (step) return { steps: [step], conversation: step.conversation };
  if (latest?.status !== 'open') return begin(state, command, context);
  return { steps: [], conversation: latest };
}

/** A conversation that the contact opens: what they answered is kept with it, and decides its team. */
function begin(state: State, { actor, input }: Command<'message.receive'>, context: Context) {
  const inboxId = inboxOf(actor);
  const latest = latestOf(state, actor);
  const { preChat = NO_PRE_CHAT, teamRules = [] } = state.get(inboxes, inboxId) ?? {};
  const isFirst = latest === undefined;
  const opening = openingOf({ preChat, input: input.opening ?? {}, isFirst });
  if (isRefusal(opening)) return opening;
  // Who comes back isn't asked again: what they answered still says which team is theirs.
  const known = {
    ...opening,
    answers: isFirst ? opening.answers : (latest.opening?.answers ?? []),
  };
  const step = opened(
    {
      inboxId,
      contactId: actor.id,
      author: authorOf(actor),
      preferredAgentId: latest?.assigneeId ?? null,
      opening: known,
      teamId: teamByRules(teamRules, known),
    },
    context,
  );
  const facts = contactFactsOf(preChat, opening);
  return { steps: [step], conversation: step.conversation, facts };
}

/** A message sent again is known by its entry. */
const recall: Recall = async (sql, workspaceId, commands) => {
  const wanted = commands.map(({ clientId, actor }) => ({ clientId, authorId: actor.id }));
  return (await findSent(sql, workspaceId, wanted)).map((entry) => answered(entry, commands));
};

/** What was answered when it was sent. What was told of the opening isn't part of the message, so it is taken as it is sent now. */
export function answered(entry: Sent, commands: readonly Command[]): KeptAnswer {
  const { conversationId, text, id: entryId, seq, position } = entry;
  const again = commands.find((each) => each.clientId === entry.clientId)?.input;
  const [kind, input, answer] =
    entry.authorKind === 'contact'
      ? ['message.receive', { ...again, text }, { conversationId, entryId, seq }]
      : ['message.send', { conversationId, text }, { entryId, seq }];
  return {
    clientId: entry.clientId,
    actor: entry.authorId,
    inputHash: hashInput({ kind, input }),
    position,
    answer: JSON.stringify(answer),
  };
}

const receive = handler({
  kind: 'message.receive',
  recall,
  needs: (_input, actor) =>
    actor.kind === 'contact'
      ? [need(latestConversation, betweenKey(actor.id, actor.inboxId)), need(contacts, actor.id)]
      : [],
  alsoNeeds(state, { actor }) {
    const latest = latestOf(state, actor);
    if (!latest?.assigneeId) return [];
    if (latest.status !== 'open') return takerNeeds([latest.assigneeId]);
    return isThere(state, latest.assigneeId) ? [] : takerNeeds(participantIds(latest));
  },
  decide(state, command, context) {
    const { input, clientId, actor } = command;
    const woken = awaken(state, command, context);
    if (isRefusal(woken)) return woken;
    const { steps, conversation, facts = {} } = woken;
    const contact = contactFor(state, actor, { now: context.now, facts });
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
    const refused =
      refusedReply(access.conversation, actor.id) ?? refusedIfOffline(state, actor.id);
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

const addNote = handler({
  kind: 'note.add',
  needs: onConversation,
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const author = authorOf(actor);
    const step = noted(access.conversation, { text: input.text, author }, context);
    return changes<'note.add'>([step], {
      entryId: step.entry.id,
      seq: step.entry.seq,
    } as CommandAnswer<'note.add'>);
  },
});

const start = handler({
  kind: 'conversation.start',
  needs: ({ contactId, inboxId }, actor) => [
    need(contacts, contactId),
    need(contactPlaces, contactId),
    need(latestConversation, betweenKey(contactId, inboxId)),
    ...takerNeeds([actor.id]),
  ],
  decide(state, { input, actor, clientId }, context) {
    const isKnown = state.get(contacts, input.contactId) && state.get(inboxes, input.inboxId);
    if (!isKnown || !knows(state, actor.id, input.contactId)) return refuse('not-found');
    if (!maySee(standingIn(state, actor.id, input.inboxId))) return refuse('not-found');
    const latest = state.find(latestConversation, betweenKey(input.contactId, input.inboxId));
    if (latest && latest.status !== 'closed') return refuse('conversation-unclosed');
    const { settings } = context;
    const refused = refusedTaking(state, actor.id, settings);
    if (refused) return refused;
    const author = authorOf(actor);
    const first = opened({ inboxId: input.inboxId, contactId: input.contactId, author }, context);
    const second = assigned(first.conversation, { agentId: actor.id, author, settings }, context);
    const third = withMessage(
      second.conversation,
      { text: input.text, clientId, author, settings },
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

export const messageCommands = [receive, send, addNote, start];
