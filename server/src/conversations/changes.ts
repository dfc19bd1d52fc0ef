import type { CommandAnswer, CommandKind } from '@deskbell/contract';
import type { Actor, Decision, NewEvent } from '../platform/pipeline/command.ts';
import { need, put, type State } from '../platform/pipeline/table.ts';
import { presence } from '../presence/index.ts';
import { standingIn } from './access.ts';
import { maySee } from './policy.ts';
import type { Author, ConversationRow } from './rules.ts';
import { betweenKey, conversations, latestConversation, timeline } from './sql.ts';
import type { Step } from './steps.rules.ts';

/** The agents who see a conversation: its inbox's members, and supervisors. */
const agentsOf = (conversation: ConversationRow) => `inbox:${conversation.inboxId} supervisors`;

const isToldToContact = (kind: NewEvent['kind']) =>
  kind !== 'conversation.joined' && kind !== 'conversation.pending';

/** Turns the steps of one command into rows and events; the last step's conversation is the one stored. */
export function changes<Kind extends CommandKind>(
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

export const authorOf = (actor: Actor): Author =>
  actor.kind === 'system' ? { kind: 'system', id: null } : { kind: actor.kind, id: actor.id };
export const isOnline = (state: State, agentId: string | null) =>
  agentId !== null && (state.get(presence, agentId)?.isOnline ?? false);
/** Online, and still one who sees the inbox: what returns to anybody else would be stuck. */
export const isAssigneeThere = (state: State, { assigneeId, inboxId }: ConversationRow) =>
  isOnline(state, assigneeId) && maySee(standingIn(state, assigneeId ?? '', inboxId));
export const onConversation = ({ conversationId }: { conversationId: string }) => [
  need(conversations, conversationId),
];
export const onConversationOnline = (
  { conversationId }: { conversationId: string },
  actor: Actor,
) => [need(conversations, conversationId), need(presence, actor.id)];

export function latestOf(state: State, actor: Actor): ConversationRow | undefined {
  return actor.kind === 'contact'
    ? state.find(latestConversation, betweenKey(actor.id, actor.inboxId))
    : undefined;
}
