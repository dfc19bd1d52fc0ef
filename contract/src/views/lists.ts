import type { Conversation } from '../entities.ts';
import type { AgentId } from '../ids.ts';

/** The lists of the desk in force. Membership and order are decided here alone, for desk and server alike. */
export const lists = ['queue', 'mine', 'open', 'closed'] as const;
export type List = (typeof lists)[number];

/** What membership depends on, so that the server can ask it of a bucket as well as of a conversation. */
export type ListFacts = Pick<Conversation, 'status' | 'holder' | 'assigneeId' | 'participants'>;

/** Whether a conversation stands in a list of this agent. */
export function belongs(list: List, facts: ListFacts, agentId: AgentId): boolean {
  switch (list) {
    case 'queue':
      return facts.status === 'open' && facts.holder === 'nobody';
    case 'mine':
      return facts.status !== 'closed' && isIn(facts, agentId);
    case 'open':
      return facts.status === 'open';
    case 'closed':
      return facts.status === 'closed';
  }
}

/** Assignee or participant: the ones who may reply. */
export function isIn(
  facts: Pick<ListFacts, 'assigneeId' | 'participants'>,
  agentId: AgentId,
): boolean {
  return (
    facts.assigneeId === agentId || facts.participants.some((each) => each.agentId === agentId)
  );
}

/**
 * Where a conversation stands in its list: two numbers compared in turn, the smaller first; equal
 * ones by id. Untaken stand above those in work; the queue is by longest waiting,
 * the others by newest activity.
 */
export function orderKey(list: List, conversation: Conversation): readonly [number, number] {
  switch (list) {
    case 'queue':
      return [conversation.isQueuedInFront ? 0 : 1, conversation.queuedAt ?? conversation.openedAt];
    case 'mine':
      return [0, -lastActivity(conversation)];
    case 'open':
      return [conversation.holder === 'nobody' ? 0 : 1, -lastActivity(conversation)];
    case 'closed':
      return [0, -(conversation.closedAt ?? 0)];
  }
}

/** The time of the last message of either side, or of opening. */
export function lastActivity(conversation: Conversation): number {
  return conversation.lastMessage?.at ?? conversation.openedAt;
}

export function compareIn(list: List): (left: Conversation, right: Conversation) => number {
  return (left, right) => {
    const [leftGroup, leftTime] = orderKey(list, left);
    const [rightGroup, rightTime] = orderKey(list, right);
    return leftGroup - rightGroup || leftTime - rightTime || (left.id < right.id ? -1 : 1);
  };
}

/** A place in a list: the two numbers of its order, and the id that decides between equals. */
export type Place = readonly [group: number, time: number, id: string];

/** Where a page of a list ended, as its cursor says it (`group:time:id`). null: no cursor of this release. */
export function parseCursor(cursor: string): Place | null {
  const [group, time, id] = cursor.split(':');
  const place = [Number(group), Number(time), id ?? ''] as const;
  return id && Number.isSafeInteger(place[0]) && Number.isSafeInteger(place[1]) ? place : null;
}

/** Whether a conversation stands behind a place of its list. */
export function isBehind(list: List, conversation: Conversation, place: Place): boolean {
  const [group, time] = orderKey(list, conversation);
  return (group - place[0] || time - place[1] || (conversation.id > place[2] ? 1 : 0)) > 0;
}

/** The contact's messages after this agent's last reading. */
export function unread(
  conversation: Conversation,
  mark: { contactMessages: number } | undefined,
): number {
  return Math.max(0, conversation.contactMessages - (mark?.contactMessages ?? 0));
}
