import type { Conversation } from '../entities.ts';
import type { AgentId } from '../ids.ts';
import type { Settings } from '../settings.ts';

/** The lists of the desk in force. Membership and order are decided here alone, for desk and server alike. */
export const lists = ['queue', 'mine', 'open', 'pending', 'closed'] as const;
export type List = (typeof lists)[number];

/** the lists that are shown to somebody. What is given out by itself waits before the eyes of supervisors alone. */
export const listsFor = (who: {
  isSupervisor: boolean;
  routing: Settings['routing'];
}): readonly List[] =>
  lists.filter((list) => list !== 'queue' || who.isSupervisor || who.routing === 'manual');

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
    case 'pending':
      return facts.status === 'pending';
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

/** What lists can be sorted by; `closed`: by closing, the last first. */
export const sorts = ['activity', 'opened', 'oldest', 'waiting', 'closed'] as const;
export type Sort = (typeof sorts)[number];

const liveSorts: readonly Sort[] = ['activity', 'opened', 'oldest', 'waiting'];
const closedSorts: readonly Sort[] = ['closed', 'activity', 'opened', 'oldest'];

/** The orders that a list offers. */
export const sortsOf = (list: List): readonly Sort[] =>
  list === 'closed' ? closedSorts : liveSorts;

/** The order of a list for whom has chosen none. */
export function usualSort(list: List): Sort {
  if (list === 'queue') return 'waiting';
  return list === 'closed' ? 'closed' : 'activity';
}

/** What order depends on. */
export type OrderFacts = Pick<
  Conversation,
  | 'id'
  | 'status'
  | 'holder'
  | 'openedAt'
  | 'queuedAt'
  | 'isQueuedInFront'
  | 'closedAt'
  | 'lastMessage'
  | 'lastContactAt'
  | 'waitingSince'
>;

/**
 * Where a conversation stands in its list: two numbers compared in turn, the smaller first; equal
 * ones by id. In all open, untaken stand above those in work. `server/src/lists/shapes.sql.ts` says
 * the same in SQL, and a property test holds the two together.
 */
export function orderKey(list: List, sort: Sort, facts: OrderFacts): readonly [number, number] {
  const shelf = list === 'open' && facts.holder !== 'nobody' ? 2 : 0;
  const [group, time] = sortKey(sort, facts);
  return [shelf + group, time];
}

function sortKey(sort: Sort, facts: OrderFacts): readonly [number, number] {
  switch (sort) {
    case 'activity':
      return [0, -(facts.lastContactAt ?? facts.openedAt)];
    case 'opened':
      return [0, -facts.openedAt];
    case 'oldest':
      return [0, lastActivity(facts)];
    case 'waiting':
      return waitingKey(facts);
    case 'closed':
      return [0, -(facts.closedAt ?? 0)];
  }
}

/** Untaken ones as the queue has them (in front, then by their place); the others by the contact's first unanswered message. */
function waitingKey(facts: OrderFacts): readonly [number, number] {
  if (facts.status === 'open' && facts.holder === 'nobody')
    return [facts.isQueuedInFront ? 0 : 1, facts.queuedAt ?? facts.openedAt];
  return facts.waitingSince === null ? [1, facts.openedAt] : [0, facts.waitingSince];
}

/** The time of the last message of either side, or of opening. */
export function lastActivity(facts: Pick<Conversation, 'lastMessage' | 'openedAt'>): number {
  return facts.lastMessage?.at ?? facts.openedAt;
}

export function compareIn(
  list: List,
  sort: Sort = usualSort(list),
): (left: OrderFacts, right: OrderFacts) => number {
  return (left, right) => {
    const [leftGroup, leftTime] = orderKey(list, sort, left);
    const [rightGroup, rightTime] = orderKey(list, sort, right);
    if (left.id === right.id) return 0;
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
export function isBehind(
  { list, sort }: { list: List; sort: Sort },
  facts: OrderFacts,
  place: Place,
): boolean {
  const [group, time] = orderKey(list, sort, facts);
  return (group - place[0] || time - place[1] || (facts.id > place[2] ? 1 : 0)) > 0;
}

/** The contact's messages after this agent's last reading. */
export function unread(
  conversation: Conversation,
  mark: { contactMessages: number } | undefined,
): number {
  return Math.max(0, conversation.contactMessages - (mark?.contactMessages ?? 0));
}
