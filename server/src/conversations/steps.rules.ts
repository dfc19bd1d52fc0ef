import {
  type Activity,
  type CloseReason,
  type EventKind,
  type Participant,
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

interface Moment {
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
  facts: { inboxId: string; contactId: string; author: Author },
  { now, newId }: Moment,
): Step {
  const conversation: ConversationRow = {
    id: newId(),
    inboxId: facts.inboxId,
    contactId: facts.contactId,
    seq: 0,
    status: 'open',
    holder: 'nobody',
    assigneeId: null,
    participants: [],
    openedAt: now,
    queuedAt: now,
    isQueuedInFront: false,
    pendingAt: null,
    resumedAt: null,
    closedAt: null,
    closeReason: null,
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

export function assigned(
  conversation: ConversationRow,
  change: { agentId: string; author: Author },
  moment: Moment,
): Step {
  const next: ConversationRow = {
    ...conversation,
    holder: 'agent',
    assigneeId: change.agentId,
    participants: without(conversation.participants, change.agentId),
    isQueuedInFront: false,
  };
  return step(next, {
    activity: { what: 'assigned', agentId: change.agentId as never },
    event: 'conversation.assigned',
    author: change.author,
    moment,
  });
}

export function joined(conversation: ConversationRow, agentId: string, moment: Moment): Step {
  const participant = { agentId, joinedAt: moment.now } as Participant;
  const next = { ...conversation, participants: [...conversation.participants, participant] };
  return step(next, {
    activity: { what: 'joined', agentId: participant.agentId },
    event: 'conversation.joined',
    author: { kind: 'agent', id: agentId },
    moment,
  });
}

/** when the assignee leaves, the longest participant takes over; with none it is queued again at its old place. */
export function left(
  conversation: ConversationRow,
  {
    agentId,
    settings,
    author = { kind: 'agent', id: agentId },
  }: { agentId: string; settings: Settings; author?: Author },
  moment: Moment,
): Step {
  const remaining = without(conversation.participants, agentId);
  const isAssignee = conversation.assigneeId === agentId;
  const [successor] = isAssignee ? remaining : [];
  const change = {
    activity: { what: 'left', agentId, successorId: successor?.agentId ?? null } as Activity,
    event: 'conversation.left' as const,
    author,
    moment,
  };
  if (!isAssignee) return step({ ...conversation, participants: remaining }, change);
  if (successor)
    return step(
      {
        ...conversation,
        assigneeId: successor.agentId,
        participants: without(remaining, successor.agentId),
      },
      change,
    );
  // A pending conversation without an agent would wait for nobody: it is open again.
  const queued: ConversationRow = {
    ...queuedAgain(conversation, { isInFront: false, now: moment.now }),
    status: 'open',
    pendingAt: null,
    resumedAt: conversation.status === 'pending' ? moment.now : conversation.resumedAt,
  };
  return step(timed(queued, settings), change);
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

/** open again, with the same assignee if they are online, else queued in front. */
export function resumed(
  conversation: ConversationRow,
  change: {
    author: Author;
    settings: Settings;
    isAssigneeOnline: boolean;
    event: 'conversation.resumed' | 'conversation.reopened';
  },
  moment: Moment,
): Step {
  const awake: ConversationRow = {
    ...conversation,
    status: 'open',
    pendingAt: null,
    resumedAt: moment.now,
    closedAt: null,
    closeReason: null,
    isContactFinal: false,
  };
  const keepsAssignee = conversation.assigneeId !== null && change.isAssigneeOnline;
  const next: ConversationRow = keepsAssignee
    ? { ...awake, holder: 'agent' }
    : queuedAgain(awake, { isInFront: true, now: moment.now });
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
    resumedAt: moment.now,
    closedAt: null,
    closeReason: null,
    isContactFinal: false,
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
  change: { reason: CloseReason; author: Author },
  moment: Moment,
): Step {
  const next: ConversationRow = {
    ...conversation,
    status: 'closed',
    closedAt: moment.now,
    closeReason: change.reason,
    isContactFinal:
      change.reason === 'contact' || change.reason === 'blocked' || change.reason === 'declined',
    pendingAt: null,
    isQueuedInFront: false,
    waitingSince: null,
    dueAt: null,
  };
  return step(next, {
    activity: { what: 'closed', reason: change.reason },
    event: 'conversation.closed',
    author: change.author,
    moment,
  });
}

/** What a due conversation comes to: closed, or given its true deadline without a word. */
export function ticked(
  conversation: ConversationRow,
  settings: Settings,
  moment: Moment,
): Step | ConversationRow {
  const due = deadline(conversation, settings);
  if (due === null || due > moment.now) return { ...conversation, dueAt: due };
  const reason = conversation.status === 'pending' ? 'pending-timeout' : 'inactivity';
  return closed(conversation, { reason, author: { kind: 'system', id: null } }, moment);
}

function step(
  conversation: ConversationRow,
  change: { activity: Activity; event: EventKind; author: Author; moment: Moment },
): Step {
  const seq = conversation.seq + 1;
  return {
    conversation: { ...conversation, seq },
    event: change.event,
    entry: {
      conversationId: conversation.id,
      seq,
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

function queuedAgain(
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

const timed = (conversation: ConversationRow, settings: Settings) => ({
  ...conversation,
  dueAt: deadline(conversation, settings),
});

function earlier(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return Math.min(left, right);
}

const without = (participants: readonly Participant[], agentId: string) =>
  participants.filter((each) => each.agentId !== agentId);
