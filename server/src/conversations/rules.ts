import {
  type Activity,
  type AgentId,
  type CloseReason,
  type ErrorCode,
  type Holder,
  isIn,
  type Opening,
  type Participant,
  type Refusal,
  refuse,
  type Settings,
  type Status,
} from '@deskbell/contract';

/** A conversation as it is stored. `seq` counts its timeline entries and is its version. */
export interface ConversationRow {
  id: string;
  inboxId: string;
  /** The team whose queue it is in; null: all who serve the inbox. */
  teamId: string | null;
  contactId: string;
  seq: number;
  status: Status;
  holder: Holder;
  /** Kept after closing, to show who had it. */
  assigneeId: string | null;
  participants: Participant[];
  /** no clock ends it, and none takes it from its assignee. */
  isFlagged: boolean;
  /** As they were put on. A deleted label keeps its place, so that it can be brought back. */
  labelIds: string[];
  /** Whom the next automatic assignment prefers: the contact's last agent, or the one it would have returned to. */
  preferredAgentId: string | null;
  /** Whom it avoids: who has just let it go, or had it and did nothing. */
  avoidedAgentId: string | null;
  /** When the assignee last did something in it other than writing to the contact, their being given it included. */
  agentActiveAt: number | null;
  openedAt: number;
  /** What was known then; null: an agent began it. */
  opening: Opening | null;
  queuedAt: number | null;
  isQueuedInFront: boolean;
  pendingAt: number | null;
  /** When it was last taken up again, from pending or closed: silence before that counts no more. */
  resumedAt: number | null;
  closedAt: number | null;
  closeReason: CloseReason | null;
  /** The agent who closed it. */
  closedById: string | null;
  /** never reopened by the contact. */
  isContactFinal: boolean;
  lastSide: 'contact' | 'ours' | null;
  /** The beginning of the last message: read from the timeline, kept nowhere else. */
  lastText: string | null;
  lastAt: number | null;
  lastSeq: number | null;
  lastContactAt: number | null;
  waitingSince: number | null;
  contactMessages: number;
  /** When the next deadline may have come: never later than the deadline itself, sometimes earlier. */
  dueAt: number | null;
}

/** A line of the timeline as it is stored. */
export interface EntryRow {
  conversationId: string;
  seq: number;
  id: string;
  at: number;
  kind: 'message' | 'note' | 'activity';
  authorKind: 'contact' | 'agent' | 'system';
  authorId: string | null;
  text: string | null;
  clientId: string | null;
  activity: Activity | null;
}

export interface Author {
  kind: EntryRow['authorKind'];
  id: string | null;
}

/** What each command does to a conversation in each state; the rest of the rules are the guards below. Printed into docs/rules.md. */
export const transitions = {
  'message.receive': { open: 'message', pending: 'resumed', closed: 'reopened or a new one' },
  'message.send': {
    open: 'message',
    pending: 'message',
    closed: { refused: 'conversation-closed' },
  },
  'note.add': { open: 'note', pending: 'note', closed: 'note' },
  'conversation.accept': {
    open: 'assigned',
    pending: { refused: 'wrong-state' },
    closed: { refused: 'conversation-closed' },
  },
  'conversation.join': {
    open: 'assigned or joined',
    pending: 'assigned or joined',
    closed: { refused: 'conversation-closed' },
  },
  'conversation.leave': {
    open: 'left',
    pending: 'left',
    closed: { refused: 'conversation-closed' },
  },
  'conversation.assign': {
    open: 'assigned',
    pending: 'assigned',
    closed: { refused: 'conversation-closed' },
  },
  'conversation.unassign': {
    open: 'queued',
    pending: 'queued',
    closed: { refused: 'conversation-closed' },
  },
  'conversation.add-participant': {
    open: 'invited',
    pending: 'invited',
    closed: { refused: 'conversation-closed' },
  },
  'conversation.flag': { open: 'flagged', pending: 'flagged', closed: 'flagged' },
  'conversation.unflag': { open: 'unflagged', pending: 'unflagged', closed: 'unflagged' },
  'conversation.label': { open: 'labelled', pending: 'labelled', closed: 'labelled' },
  'conversation.mark-pending': {
    open: 'pending',
    pending: { refused: 'wrong-state' },
    closed: { refused: 'conversation-closed' },
  },
  'conversation.mark-open': {
    open: { refused: 'wrong-state' },
    pending: 'resumed',
    closed: { refused: 'conversation-closed' },
  },
  'conversation.close': {
    open: 'closed',
    pending: 'closed',
    closed: { refused: 'conversation-closed' },
  },
  'conversation.end': {
    open: 'closed',
    pending: 'closed',
    closed: { refused: 'conversation-closed' },
  },
  'conversation.reopen': {
    open: { refused: 'wrong-state' },
    pending: { refused: 'wrong-state' },
    closed: 'reopened',
  },
  'conversation.tick': {
    open: 'closed, detached or nothing',
    pending: 'closed or nothing',
    closed: 'nothing',
  },
  'conversation.transfer': {
    open: 'transferred',
    pending: 'transferred',
    closed: { refused: 'conversation-closed' },
  },
  'conversation.lose-team': {
    open: 'transferred or nothing',
    pending: 'transferred or nothing',
    closed: 'nothing',
  },
  'conversation.regain-team': {
    open: 'transferred or nothing',
    pending: 'transferred or nothing',
    closed: 'nothing',
  },
  'conversation.release': { open: 'left', pending: 'left', closed: 'nothing' },
  'conversation.put-back': { open: 'put back', pending: 'put back', closed: 'put back' },
} as const satisfies Record<string, Record<Status, string | { refused: ErrorCode }>>;

/** Why the state forbids the command, or null. */
export function refusedByState(command: keyof typeof transitions, status: Status): Refusal | null {
  const effect: string | { refused: ErrorCode } = transitions[command][status];
  return typeof effect === 'string' ? null : refuse(effect.refused);
}

/** What the clock does to a conversation, and when. */
export interface Due {
  at: number;
  what: 'pending-timeout' | 'inactivity' | 'detach';
}

/**
 * What the system has to do with it next; null: only people can, as while it is
 * flagged. `typedAt`: when the assignee last typed in it, which is not kept in the row.
 */
export function nextDue(
  conversation: ConversationRow,
  settings: Settings,
  typedAt: number | null = null,
): Due | null {
  const { status, lastSide, holder } = conversation;
  if (conversation.isFlagged || status === 'closed') return null;
  if (status === 'pending')
    return {
      at: (conversation.pendingAt ?? 0) + settings.pendingTimeoutMs,
      what: 'pending-timeout',
    };
  if (lastSide === 'ours')
    return { at: silentSince(conversation) + settings.inactivityMs, what: 'inactivity' };
  if (lastSide === 'contact' && holder === 'agent' && settings.afterDetach !== 'nothing')
    return { at: idleSince(conversation, typedAt) + settings.detachMs, what: 'detach' };
  return null;
}

/** When the system has to act on it next, or null. */
export function deadline(
  conversation: ConversationRow,
  settings: Settings,
  typedAt: number | null = null,
): number | null {
  return nextDue(conversation, settings, typedAt)?.at ?? null;
}

/** since when the contact has said nothing to our last message. */
function silentSince({ lastAt, resumedAt }: ConversationRow): number {
  return Math.max(lastAt ?? 0, resumedAt ?? 0);
}

/** since when the contact has been waiting for an assignee who does nothing. */
function idleSince(conversation: ConversationRow, typedAt: number | null): number {
  const { waitingSince, agentActiveAt, resumedAt } = conversation;
  return Math.max(waitingSince ?? 0, agentActiveAt ?? 0, resumedAt ?? 0, typedAt ?? 0);
}

/** whether the contact's next message reopens this closed conversation. */
export function reopensFor(
  conversation: ConversationRow,
  settings: Settings,
  now: number,
): boolean {
  return (
    !conversation.isContactFinal && now - (conversation.closedAt ?? 0) <= settings.reopenWithinMs
  );
}

/** why this agent may not reply, or null. */
export function refusedReply(conversation: ConversationRow, agentId: string): Refusal | null {
  const byState = refusedByState('message.send', conversation.status);
  if (byState) return byState;
  if (isMember(conversation, agentId)) return null;
  if (conversation.assigneeId !== null)
    return refuse('taken', undefined, { agentId: conversation.assigneeId });
  return refuse('not-in-conversation');
}

/** of two who accept, one wins and the other learns who did. */
export function refusedAccept(conversation: ConversationRow, agentId: string): Refusal | null {
  const byState = refusedByState('conversation.accept', conversation.status);
  if (byState) return byState;
  if (conversation.assigneeId === agentId) return refuse('already-yours');
  if (conversation.assigneeId !== null)
    return refuse('taken', undefined, { agentId: conversation.assigneeId });
  return null;
}

/** Assignee or participant. */
export function isMember(
  conversation: Pick<ConversationRow, 'assigneeId' | 'participants'>,
  agentId: string,
): boolean {
  return isIn(conversation as never, agentId as never);
}

/** whether an agent may have one more. */
export function hasRoom(agent: { load: number; capacity: number }): boolean {
  return agent.load < agent.capacity;
}

/** Whether an agent can be given the conversation now: there, and with room. Asked by id. */
export type CanTake = (agentId: string) => boolean;

/** who takes over when the assignee goes: the one who has been in it longest of those who can. */
export function successorOf(
  participants: readonly Participant[],
  canTake: CanTake,
): AgentId | null {
  return participants.find((each) => canTake(each.agentId))?.agentId ?? null;
}

/** to whom it is given after a detachment: the least busy of those who can, rather another than who let it go. */
export function leastBusy(
  agents: readonly { agentId: string; load: number; capacity: number }[],
): string | null {
  const [first] = agents
    .filter(hasRoom)
    .toSorted((left, right) => left.load - right.load || (left.agentId < right.agentId ? -1 : 1));
  return first?.agentId ?? null;
}

/** Whom a conversation is to be given to, as far as the rules ask. */
export interface Target {
  agentId: string;
  isOnline: boolean;
  hasRoom: boolean;
  /** this agent may pass conversations on to them. */
  isAllowed: boolean;
}

/** why it can't be given to this agent, or null. A pending one takes nobody's room. */
export function refusedAssign(
  conversation: ConversationRow,
  target: Target,
  isForced: boolean,
): Refusal | null {
  const byState = refusedByState('conversation.assign', conversation.status);
  if (byState) return byState;
  const { agentId } = target;
  if (conversation.assigneeId === agentId) return refuse('already-in', undefined, { agentId });
  if (!target.isAllowed) return refuse('no-target', undefined, { agentId });
  if (!target.isOnline) return refuse('agent-offline', undefined, { agentId });
  if (conversation.status === 'open' && !target.hasRoom && !isForced)
    return refuse('agent-at-capacity', undefined, { agentId });
  return null;
}

/** why nobody can be taken off it, or null. */
export function refusedUnassign(conversation: ConversationRow): Refusal | null {
  const byState = refusedByState('conversation.unassign', conversation.status);
  if (byState) return byState;
  return conversation.assigneeId === null
    ? refuse('wrong-state', 'Nobody has the conversation')
    : null;
}

/** why this agent can't be brought in, or null. */
export function refusedInvite(
  conversation: ConversationRow,
  target: { agentId: string; isAllowed: boolean },
): Refusal | null {
  const byState = refusedByState('conversation.add-participant', conversation.status);
  if (byState) return byState;
  const { agentId } = target;
  if (isMember(conversation, agentId)) return refuse('already-in', undefined, { agentId });
  if (conversation.assigneeId === null)
    return refuse('wrong-state', 'Nobody has the conversation; assign it instead');
  return target.isAllowed ? null : refuse('no-target', undefined, { agentId });
}
