import {
  type Activity,
  type CloseReason,
  type ErrorCode,
  type Holder,
  isIn,
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
  contactId: string;
  seq: number;
  status: Status;
  holder: Holder;
  /** Kept after closing, to show who had it. */
  assigneeId: string | null;
  participants: Participant[];
  openedAt: number;
  queuedAt: number | null;
  isQueuedInFront: boolean;
  pendingAt: number | null;
  /** When it was last taken up again, from pending or closed: silence before that counts no more. */
  resumedAt: number | null;
  closedAt: number | null;
  closeReason: CloseReason | null;
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
  kind: 'message' | 'activity';
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
    open: 'closed or nothing',
    pending: 'closed or nothing',
    closed: 'nothing',
  },
  'conversation.release': { open: 'left', pending: 'left', closed: 'nothing' },
} as const satisfies Record<string, Record<Status, string | { refused: ErrorCode }>>;

/** Why the state forbids the command, or null. */
export function refusedByState(command: keyof typeof transitions, status: Status): Refusal | null {
  const effect: string | { refused: ErrorCode } = transitions[command][status];
  return typeof effect === 'string' ? null : refuse(effect.refused);
}

/** When the system has to act on it next; null: only people can. */
export function deadline(conversation: ConversationRow, settings: Settings): number | null {
  if (conversation.status === 'pending')
    return (conversation.pendingAt ?? 0) + settings.pendingTimeoutMs;
  if (conversation.status === 'open' && conversation.lastSide === 'ours')
    return Math.max(conversation.lastAt ?? 0, conversation.resumedAt ?? 0) + settings.inactivityMs;
  return null;
}

/** whether the contact's next message reopens this closed conversation. */
export function reopensFor(
  conversation: ConversationRow,
  settings: Settings,
  now: number,
): boolean {
  return (
    !conversation.isContactFinal &&
    conversation.closedAt !== null &&
    now - conversation.closedAt <= settings.reopenWithinMs
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
