import type { Activity, EventKind, Participant, Settings } from '@deskbell/contract';
import { type Author, type CanTake, type ConversationRow, successorOf } from './rules.ts';
import { type Moment, queuedAgain, type Step, step, timed } from './steps.rules.ts';

/** an agent has it from now on; who had it is in it no longer. */
export function assigned(
  conversation: ConversationRow,
  change: { agentId: string; author: Author; settings: Settings; isForced?: boolean },
  moment: Moment,
): Step {
  return step(timed(heldBy(conversation, change.agentId, moment), change.settings), {
    activity: {
      what: 'assigned',
      agentId: change.agentId as never,
      ...(change.isForced && { isForced: true }),
    },
    event: 'conversation.assigned',
    author: change.author,
    moment,
  });
}

/** back to its place in the queue. */
export function unassigned(
  conversation: ConversationRow,
  change: { author: Author; settings: Settings },
  moment: Moment,
): Step {
  return step(timed(letGo(conversation, moment), change.settings), {
    activity: { what: 'unassigned', agentId: conversation.assigneeId as never },
    event: 'conversation.unassigned',
    author: change.author,
    moment,
  });
}

/** nobody has it any more, and it waits in the team's queue, at the place it had. */
export function transferred(
  conversation: ConversationRow,
  change: { teamId: string | null; author: Author; settings: Settings },
  moment: Moment,
): Step {
  // Whoever has just passed it on is the last to get it back.
  const queued = { ...letGo(conversation, moment), preferredAgentId: null };
  return movedTo(timed(queued, change.settings), change, moment);
}

/** Its team is no more: whoever has it keeps it, and it belongs to all who serve the inbox. */
export function withoutTeam(conversation: ConversationRow, author: Author, moment: Moment): Step {
  return movedTo(conversation, { teamId: null, author }, moment);
}

/** Its team is back: whoever has it keeps it, and it belongs to the team as before. */
export function backInTeam(
  conversation: ConversationRow,
  change: { teamId: string; author: Author },
  moment: Moment,
): Step {
  return movedTo(conversation, { ...change, isBack: true }, moment);
}

function movedTo(
  conversation: ConversationRow,
  { teamId, author, ...how }: { teamId: string | null; author: Author; isBack?: true },
  moment: Moment,
): Step {
  return step(
    { ...conversation, teamId },
    {
      activity: { what: 'transferred', teamId, ...how } as Activity,
      event: 'conversation.transferred',
      author,
      moment,
    },
  );
}

export function joined(conversation: ConversationRow, agentId: string, moment: Moment): Step {
  const author = { kind: 'agent', id: agentId } as const;
  return withParticipant(conversation, { agentId, author, what: 'joined' }, moment);
}

/** a colleague is brought in. */
export function invited(
  conversation: ConversationRow,
  change: { agentId: string; author: Author },
  moment: Moment,
): Step {
  return withParticipant(conversation, { ...change, what: 'invited' }, moment);
}

/**
 * when the assignee leaves, the longest participant who can takes over; with none it is queued
 * again at its old place. `canTake` is not asked for one who is no assignee.
 */
export function left(
  conversation: ConversationRow,
  {
    agentId,
    settings,
    canTake,
    what = 'left',
    author = { kind: 'agent', id: agentId },
  }: {
    agentId: string;
    settings: Settings;
    canTake: CanTake;
    /** they went offline; otherwise they left, or were made to. */
    what?: 'left' | 'went-offline';
    author?: Author;
  },
  moment: Moment,
): Step {
  const participants = without(conversation.participants, agentId);
  const remaining: ConversationRow = { ...conversation, participants };
  const isAssignee = conversation.assigneeId === agentId;
  const successorId = isAssignee ? successorOf(participants, canTake) : null;
  const next = isAssignee ? handedOver(remaining, successorId, { settings, moment }) : remaining;
  // Who is back online may have it again, as anybody may.
  const avoidedAgentId = what === 'went-offline' ? null : next.avoidedAgentId;
  return step(
    { ...next, avoidedAgentId },
    {
      activity: { what, agentId, successorId } as Activity,
      event: 'conversation.left',
      author,
      moment,
    },
  );
}

/**
 * taken from an assignee who did nothing. A participant takes over, else it is queued again at
 * its old place, or given to another agent. `otherId`: who that would be.
 */
export function detached(
  conversation: ConversationRow,
  { settings, canTake, otherId }: { settings: Settings; canTake: CanTake; otherId: string | null },
  moment: Moment,
): Step {
  const { assigneeId, participants } = conversation;
  const successorId = successorOf(participants, canTake) ?? otherId;
  return step(handedOver(conversation, successorId, { settings, moment }), {
    activity: { what: 'detached', agentId: assigneeId, successorId } as Activity,
    event: 'conversation.detached',
    author: { kind: 'system', id: null },
    moment,
  });
}

/** The assignee is out: the successor has it, or the queue. */
function handedOver(
  conversation: ConversationRow,
  successorId: string | null,
  { settings, moment }: { settings: Settings; moment: Moment },
): ConversationRow {
  const next = successorId
    ? heldBy(conversation, successorId, moment)
    : letGo(conversation, moment);
  return timed(next, settings);
}

function heldBy(conversation: ConversationRow, agentId: string, { now }: Moment): ConversationRow {
  return {
    ...conversation,
    holder: 'agent',
    assigneeId: agentId,
    participants: without(conversation.participants, agentId),
    isQueuedInFront: false,
    preferredAgentId: null,
    avoidedAgentId: null,
    agentActiveAt: now,
  };
}

/** Queued at its old place. A pending conversation without an agent would wait for nobody: it is open again. */
function letGo(conversation: ConversationRow, { now }: Moment): ConversationRow {
  const wasPending = conversation.status === 'pending';
  return {
    ...queuedAgain(conversation, { isInFront: false, now }),
    avoidedAgentId: conversation.assigneeId,
    status: 'open',
    pendingAt: null,
    resumedAt: wasPending ? now : conversation.resumedAt,
  };
}

function withParticipant(
  conversation: ConversationRow,
  { agentId, author, what }: { agentId: string; author: Author; what: 'joined' | 'invited' },
  moment: Moment,
): Step {
  const participant = { agentId, joinedAt: moment.now } as Participant;
  const participants = [...conversation.participants, participant];
  return step(
    { ...conversation, participants },
    {
      activity: { what, agentId: participant.agentId },
      event: `conversation.${what}` satisfies EventKind,
      author,
      moment,
    },
  );
}

const without = (participants: readonly Participant[], agentId: string) =>
  participants.filter((each) => each.agentId !== agentId);
