import {
  type CommandAnswer,
  type CommandKind,
  events as kinds,
  type Refusal,
  refuse,
  type Settings,
} from '@deskbell/contract';
import { agents } from '../accounts/index.ts';
import {
  type Actor,
  type Decision,
  type Handler,
  isRefusal,
} from '../platform/pipeline/command.ts';
import { need, put, type State } from '../platform/pipeline/table.ts';
import { teams } from '../teams/index.ts';
import { isOnline, isThere } from './access.ts';
import { audienceOf } from './audience.ts';
import { hasRoomFor, takerNeeds } from './capacity.ts';
import { type Author, type ConversationRow, isMember } from './rules.ts';
import { betweenKey, conversations, latestConversation, timeline } from './sql.ts';
import type { Step } from './steps.rules.ts';

/** Turns the steps of one command into rows and events; the last step's conversation is the one stored. */
export function changes<Kind extends CommandKind>(
  steps: readonly Step[],
  answer: CommandAnswer<Kind>,
): Decision<Kind> {
  return {
    puts: [
      ...steps.slice(-1).map(({ conversation }) => put(conversations, conversation)),
      ...steps.map(({ entry }) => put(timeline, entry)),
    ],
    events: steps.map(({ conversation, event }) => ({
      kind: event,
      id: conversation.id,
      version: conversation.seq,
      audience: kinds[event].contact
        ? `${audienceOf(conversation, event === 'message.added')} contact:${conversation.contactId}`
        : audienceOf(conversation),
    })),
    answer,
  };
}

/** A command whose events also say who saw the conversation before, where that is somebody else. */
export function tellingBefore(handler: Handler): Handler {
  return {
    ...handler,
    decide(state, command, context) {
      const outcome = handler.decide(state, command, context);
      if (isRefusal(outcome)) return outcome;
      for (const { table, row } of outcome.puts)
        if ((table as object) === conversations) tellBefore(state, row as ConversationRow, outcome);
      return outcome;
    },
  };
}

function tellBefore(state: State, row: ConversationRow, { events }: Decision): void {
  const before = state.get(conversations, row.id);
  const isMoved =
    before &&
    (before.teamId !== row.teamId ||
      before.assigneeId !== row.assigneeId ||
      before.participants !== row.participants);
  if (!isMoved) return;
  for (const event of events) if (event.id === row.id) event.audienceBefore = audienceOf(before);
}

export const authorOf = (actor: Actor): Author =>
  actor.kind === 'system' ? { kind: 'system', id: null } : { kind: actor.kind, id: actor.id };
export const onConversation = ({ conversationId }: { conversationId: string }) => [
  need(conversations, conversationId),
];
/** The conversation, and what decides whether who asks can have it. */
export const onConversationTaking = (
  { conversationId }: { conversationId: string },
  actor: Actor,
) => [need(conversations, conversationId), ...takerNeeds([actor.id])];

/** why this agent can't become the assignee of an open conversation, or null. */
export function refusedTaking(state: State, agentId: string, settings: Settings): Refusal | null {
  if (!isOnline(state, agentId)) return refuse('offline');
  return hasRoomFor(state, agentId, settings) ? null : refuse('at-capacity');
}

/** why this agent can't answer, or null. */
export const refusedIfOffline = (state: State, agentId: string): Refusal | null =>
  isThere(state, agentId) ? null : refuse('offline', 'You are offline; go online to answer');

/** whether it goes back because its assignee is offline. */
export function isForsaken(state: State, conversation: ConversationRow): boolean {
  const { status, holder, assigneeId, waitingSince } = conversation;
  const agent = state.get(agents, assigneeId ?? '');
  if (status !== 'open' || holder !== 'agent' || agent?.availability !== 'offline') return false;
  return agent.releases === 'all' || (agent.releases === 'waiting' && waitingSince !== null);
}

export function isTeamThere(state: State, teamId: string | null): boolean {
  return teamId === null || state.get(teams, teamId)?.isDeleted === false;
}

/** A closed conversation as it wakes up: one whose team is no more belongs to the whole inbox. */
export const awake = (state: State, conversation: ConversationRow): ConversationRow =>
  isTeamThere(state, conversation.teamId) ? conversation : { ...conversation, teamId: null };

/** Where a contact writes. */
export const inboxOf = (actor: Actor): string => (actor.kind === 'contact' ? actor.inboxId : '');

export const latestOf = (state: State, actor: Actor): ConversationRow | undefined =>
  state.find(latestConversation, betweenKey(actor.id, inboxOf(actor)));

/** How somebody stands to it, as the policy asks. */
export const placeOf = (conversation: ConversationRow, agentId: string) => ({
  isIn: isMember(conversation, agentId),
  isUntaken: conversation.assigneeId === null,
});

export const participantIds = ({ participants }: ConversationRow): string[] =>
  participants.map((each) => each.agentId);
