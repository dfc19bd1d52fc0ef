import type { Activity, CommandInput, EventKind, Settings } from '@deskbell/contract';
import type { Author, ConversationRow } from './rules.ts';
import { type Moment, queuedAgain, type Step, step, timed, unclosed } from './steps.rules.ts';

export type Before = CommandInput<'conversation.put-back'>['before'];

/** What a job does to a conversation is one entry: with any other, something else has happened to it. */
export const isUntouched = ({ seq }: ConversationRow, before: Before): boolean =>
  seq === before.seq + 1;

/**
 * As it stood before a job. Whoever had it and can't have it any more is preferred, and it is queued in front, as when
 * something returns to a full agent. `stays`: which of those who took part still may.
 */
export function putBack(
  conversation: ConversationRow,
  change: {
    before: Before;
    author: Author;
    settings: Settings;
    canAssigneeHave: boolean;
    stays: (agentId: string) => boolean;
  },
  moment: Moment,
): Step {
  const { seq: _, ...before } = change.before;
  const isReopened = conversation.status === 'closed';
  const asBefore: ConversationRow = {
    ...conversation,
    ...before,
    holder: before.assigneeId === null ? 'nobody' : 'agent',
    participants: before.participants.filter(({ agentId }) => change.stays(agentId)),
    // Time before it was taken up again doesn't count.
    resumedAt: isReopened ? moment.now : conversation.resumedAt,
    ...unclosed,
  };
  const isHad = before.assigneeId === null || change.canAssigneeHave;
  const next: ConversationRow = isHad
    ? asBefore
    : {
        ...queuedAgain(
          { ...asBefore, status: 'open', pendingAt: null },
          { isInFront: true, now: moment.now },
        ),
        preferredAgentId: before.assigneeId,
      };
  return step(timed(next, change.settings), {
    ...said(conversation, next),
    author: change.author,
    moment,
  });
}

function said(
  { status, assigneeId }: ConversationRow,
  next: ConversationRow,
): { activity: Activity; event: EventKind } {
  if (status === 'closed')
    return { activity: { what: 'reopened' }, event: 'conversation.reopened' };
  return next.assigneeId === null
    ? {
        activity: { what: 'unassigned', agentId: assigneeId as never },
        event: 'conversation.unassigned',
      }
    : {
        activity: { what: 'assigned', agentId: next.assigneeId as never },
        event: 'conversation.assigned',
      };
}
