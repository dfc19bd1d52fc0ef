import {
  type Activity,
  type CloseReason,
  type EventKind,
  type Opening,
  PREVIEW_LIMIT,
  type Settings,
} from '@deskbell/contract';
import { type Author, type ConversationRow, deadline, type EntryRow } from './rules.ts';

/** One step of a conversation: how it stands after, and the line of the timeline that says so. */
export interface Step {
  conversation: ConversationRow;
  entry: EntryRow;
  event: EventKind;
}

export interface Moment {
  now: number;
  newId(): string;
}

function preview(text: string): string {
  return text.length <= PREVIEW_LIMIT
    ? text
    : Array.from(text.slice(0, 2 * PREVIEW_LIMIT))
        .slice(0, PREVIEW_LIMIT)
        .join('')
        .toWellFormed();
}

export function opened(
  facts: {
    inboxId: string;
    contactId: string;
    author: Author;
    /** The contact's last agent. */
    preferredAgentId?: string | null;
    opening?: Opening;
    /** The team whose queue it enters. */
    teamId?: string | null;
  },
  { now, newId }: Moment,
): Step {
  const conversation: ConversationRow = {
    id: newId(),
    inboxId: facts.inboxId,
    teamId: facts.teamId ?? null,
    contactId: facts.contactId,
    seq: 0,
    status: 'open',
    holder: 'nobody',
    assigneeId: null,
    participants: [],
    isFlagged: false,
    labelIds: [],
    preferredAgentId: facts.preferredAgentId ?? null,
    avoidedAgentId: null,
    agentActiveAt: null,
    openedAt: now,
    opening: facts.opening ?? null,
    queuedAt: now,
    isQueuedInFront: false,
    pendingAt: null,
    resumedAt: null,
    closedAt: null,
    closeReason: null,
    closedById: null,
    isContactFinal: false,
    lastSide: null,
    lastText: null,
    lastAt: null,
    lastSeq: null,
    lastContactAt: null,
    waitingSince: null,
    contactMessages: 0,
    dueAt: null,
  };
  return step(conversation, {
    activity: { what: 'opened' },
    event: 'conversation.opened',
    author: facts.author,
    moment: { now, newId },
  });
}

/** A message of either side. Its deadline is only brought forward here: moving it at each message would rewrite an index. */
export function withMessage(
  conversation: ConversationRow,
  message: { text: string; clientId: string; author: Author; settings: Settings },
  { now, newId }: Moment,
): Step {
  const isContact = message.author.kind === 'contact';
  const seq = conversation.seq + 1;
  const next: ConversationRow = {
    ...conversation,
    seq,
    lastSide: isContact ? 'contact' : 'ours',
    lastText: preview(message.text),
    lastAt: now,
    lastSeq: seq,
    lastContactAt: isContact ? now : conversation.lastContactAt,
    waitingSince: isContact ? (conversation.waitingSince ?? now) : null,
    contactMessages: conversation.contactMessages + (isContact ? 1 : 0),
  };
  next.dueAt = earlier(conversation.dueAt, deadline(next, message.settings));
  return {
    conversation: next,
    event: 'message.added',
    entry: {
      conversationId: conversation.id,
      seq,
      id: newId(),
      at: now,
      kind: 'message',
      authorKind: message.author.kind,
      authorId: message.author.id,
      text: message.text,
      clientId: message.clientId,
      activity: null,
    },
  };
}

/** A word among agents. From the assignee it is a sign of life. */
export function noted(
  conversation: ConversationRow,
  note: { text: string; author: Author },
  { now, newId }: Moment,
): Step {
  const next = alive(conversation, note.author, now);
  return {
    conversation: next,
    event: 'note.added',
    entry: {
      conversationId: conversation.id,
      seq: next.seq,
      id: newId(),
      at: now,
      kind: 'note',
      authorKind: note.author.kind,
      authorId: note.author.id,
      text: note.text,
      clientId: null,
      activity: null,
    },
  };
}

/** while the flag stands there is no deadline; when it is taken off, all waits begin anew. */
export function flagged(
  conversation: ConversationRow,
  change: { isFlagged: boolean; author: Author; settings: Settings },
  moment: Moment,
): Step {
  const { status, pendingAt } = conversation;
  const next: ConversationRow = change.isFlagged
    ? { ...conversation, isFlagged: true }
    : {
        ...conversation,
        isFlagged: false,
        pendingAt: status === 'pending' ? moment.now : pendingAt,
        resumedAt: moment.now,
      };
  return step(timed(next, change.settings), {
    activity: { what: change.isFlagged ? 'flagged' : 'unflagged' },
    event: change.isFlagged ? 'conversation.flagged' : 'conversation.unflagged',
    author: change.author,
    moment,
  });
}

export function markedPending(
  conversation: ConversationRow,
  change: { author: Author; settings: Settings },
  moment: Moment,
): Step {
  const next: ConversationRow = { ...conversation, status: 'pending', pendingAt: moment.now };
  return step(timed(next, change.settings), {
    activity: { what: 'pending' },
    event: 'conversation.pending',
    author: change.author,
    moment,
  });
}

/** What closing said is true no more. */
export const unclosed = {
  closedAt: null,
  closeReason: null,
  closedById: null,
  isContactFinal: false,
} as const;

/** open again, with the same assignee if they can take it, else queued in front, preferring them. */
export function resumed(
  conversation: ConversationRow,
  change: {
    author: Author;
    settings: Settings;
    canAssigneeTake: boolean;
    event: 'conversation.resumed' | 'conversation.reopened';
  },
  moment: Moment,
): Step {
  const awake: ConversationRow = {
    ...conversation,
    status: 'open',
    pendingAt: null,
    resumedAt: moment.now,
    ...unclosed,
  };
  const keepsAssignee = conversation.assigneeId !== null && change.canAssigneeTake;
  const next: ConversationRow = keepsAssignee
    ? { ...awake, holder: 'agent' }
    : {
        ...queuedAgain(awake, { isInFront: true, now: moment.now }),
        preferredAgentId: conversation.assigneeId ?? conversation.preferredAgentId,
      };
  const activity: Activity = {
    what: change.event === 'conversation.resumed' ? 'resumed' : 'reopened',
  };
  return step(timed(next, change.settings), {
    activity,
    event: change.event,
    author: change.author,
    moment,
  });
}

/** the agent who reopens becomes the assignee. */
export function reopenedBy(
  conversation: ConversationRow,
  change: { agentId: string; settings: Settings },
  moment: Moment,
): Step {
  const next: ConversationRow = {
    ...conversation,
    status: 'open',
    holder: 'agent',
    assigneeId: change.agentId,
    participants: [],
    isQueuedInFront: false,
    preferredAgentId: null,
    avoidedAgentId: null,
    resumedAt: moment.now,
    ...unclosed,
  };
  return step(timed(next, change.settings), {
    activity: { what: 'reopened' },
    event: 'conversation.reopened',
    author: { kind: 'agent', id: change.agentId },
    moment,
  });
}

export function closed(
  conversation: ConversationRow,
  change: { reason: CloseReason; author: Author; text?: string | undefined },
  moment: Moment,
): Step {
  const next: ConversationRow = {
    ...conversation,
    status: 'closed',
    closedAt: moment.now,
    closeReason: change.reason,
    closedById: change.author.kind === 'agent' ? change.author.id : null,
    isContactFinal:
      change.reason === 'contact' || change.reason === 'blocked' || change.reason === 'declined',
    pendingAt: null,
    isQueuedInFront: false,
    waitingSince: null,
    dueAt: null,
  };
  return step(next, {
    activity: {
      what: 'closed',
      reason: change.reason,
      ...(change.text !== undefined && { text: change.text }),
    },
    event: 'conversation.closed',
    author: change.author,
    moment,
  });
}

/** How it stands after a change, and the line that says so. */
export function step(
  conversation: ConversationRow,
  change: { activity: Activity; event: EventKind; author: Author; moment: Moment },
): Step {
  const next = alive(conversation, change.author, change.moment.now);
  return {
    conversation: next,
    event: change.event,
    entry: {
      conversationId: conversation.id,
      seq: next.seq,
      id: change.moment.newId(),
      at: change.moment.now,
      kind: 'activity',
      authorKind: change.author.kind,
      authorId: change.author.id,
      text: null,
      clientId: null,
      activity: change.activity,
    },
  };
}

/** One entry further; of the assignee's it is a sign of life. */
function alive(conversation: ConversationRow, author: Author, now: number): ConversationRow {
  const isByAssignee = author.kind === 'agent' && author.id === conversation.assigneeId;
  return {
    ...conversation,
    seq: conversation.seq + 1,
    agentActiveAt: isByAssignee ? now : conversation.agentActiveAt,
  };
}

/** Back in the queue: at its old place, or in front. Nobody is in it. */
export function queuedAgain(
  conversation: ConversationRow,
  { isInFront, now }: { isInFront: boolean; now: number },
): ConversationRow {
  return {
    ...conversation,
    holder: 'nobody',
    assigneeId: null,
    participants: [],
    queuedAt: isInFront ? now : (conversation.queuedAt ?? conversation.openedAt),
    isQueuedInFront: isInFront,
  };
}

/** With its deadline as it is now. */
export const timed = (conversation: ConversationRow, settings: Settings) => ({
  ...conversation,
  dueAt: deadline(conversation, settings),
});

function earlier(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return Math.min(left, right);
}
