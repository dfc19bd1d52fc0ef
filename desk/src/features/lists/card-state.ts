import { type AgentId, type Conversation, isIn, type Mark, unread } from '@deskbell/contract';

/** What a card shows beside names and texts. */
export interface CardState {
  isUntaken: boolean;
  isMine: boolean;
  /** It is for this agent to do something about. */
  concernsMe: boolean;
  unread: number;
  /** Something happened that this agent, whom it concerns, hasn't looked at. */
  isNew: boolean;
  /** Since when the contact waits for an answer; null: they don't. */
  waitingSince: number | null;
}

/** New activity concerns who is in the conversation, and everybody while nobody has it. */
export function cardState(
  conversation: Conversation,
  seen: { agentId: AgentId | undefined; mark: Mark | undefined; isSelected: boolean },
): CardState {
  const { status, holder, waitingSince } = conversation;
  const isUntaken = status === 'open' && holder === 'nobody';
  const isMine = seen.agentId !== undefined && isIn(conversation, seen.agentId);
  const count = unread(conversation, seen.mark);
  const isAhead = conversation.version > (seen.mark?.version ?? 0);
  const concernsMe = status !== 'closed' && (isMine || isUntaken);
  return {
    isUntaken,
    isMine,
    concernsMe,
    unread: count,
    isNew: concernsMe && !seen.isSelected && (count > 0 || (isMine && isAhead)),
    waitingSince: status === 'closed' ? null : waitingSince,
  };
}
