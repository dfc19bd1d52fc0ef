import { type AgentId, type Conversation, isIn, type Role } from '@deskbell/contract';

/** What can be done to a conversation from its head. */
export type Action =
  | 'accept'
  | 'join'
  | 'leave'
  | 'markPending'
  | 'markOpen'
  | 'close'
  | 'reopen'
  | 'flag'
  | 'unflag'
  | 'assign'
  | 'invite'
  | 'unassign';

/** The command of each. */
export const commandOf = {
  accept: 'conversation.accept',
  join: 'conversation.join',
  leave: 'conversation.leave',
  markPending: 'conversation.mark-pending',
  markOpen: 'conversation.mark-open',
  close: 'conversation.close',
  reopen: 'conversation.reopen',
  flag: 'conversation.flag',
  unflag: 'conversation.unflag',
  assign: 'conversation.assign',
  invite: 'conversation.add-participant',
  unassign: 'conversation.unassign',
} as const satisfies Record<Action, string>;

type Facts = Pick<Conversation, 'status' | 'holder' | 'assigneeId' | 'participants' | 'isFlagged'>;

/**
 * What the rules allow this agent in this state, the likeliest first. The server decides again; this
 * only keeps buttons away that would be refused.
 */
export function availableActions(conversation: Facts, me: { id: AgentId; role: Role }): Action[] {
  const { status, holder } = conversation;
  const isMember = isIn(conversation, me.id);
  const isUntaken = holder === 'nobody';
  const isSupervisor = me.role !== 'agent';
  const isTheirs = isMember || isUntaken || isSupervisor;
  const flags: Action[] = isTheirs ? [conversation.isFlagged ? 'unflag' : 'flag'] : [];
  if (status === 'closed') return ['reopen', ...flags];
  const actions: Action[] = [];
  if (isUntaken) actions.push('accept');
  else if (!isMember) actions.push('join');
  if (isTheirs) actions.push('close', 'assign', ...flags);
  const isHeldByTheirs = isMember || (isSupervisor && !isUntaken);
  if (isHeldByTheirs) actions.push(status === 'open' ? 'markPending' : 'markOpen', 'invite');
  if (isHeldByTheirs) actions.push('unassign');
  if (isMember) actions.push('leave');
  return actions;
}

/** closing what others have is by force, and asks for a reason. */
export function needsReason(conversation: Facts, agentId: AgentId): boolean {
  return conversation.assigneeId !== null && !isIn(conversation, agentId);
}

/** Whether this agent may write in it: the composer's field, or what stands in its place. */
export function composerState(
  conversation: Pick<Conversation, 'status' | 'holder' | 'assigneeId' | 'participants'>,
  agentId: AgentId,
): 'writes' | 'accept' | 'join' | 'reopen' {
  if (conversation.status === 'closed') return 'reopen';
  if (isIn(conversation, agentId)) return 'writes';
  return conversation.holder === 'nobody' ? 'accept' : 'join';
}
