import { type AgentId, type Conversation, isIn, type Role } from '@deskbell/contract';

/** What can be done to a conversation from its head. */
export type Action = 'accept' | 'join' | 'leave' | 'markPending' | 'markOpen' | 'close' | 'reopen';

/** The command of each. */
export const commandOf = {
  accept: 'conversation.accept',
  join: 'conversation.join',
  leave: 'conversation.leave',
  markPending: 'conversation.mark-pending',
  markOpen: 'conversation.mark-open',
  close: 'conversation.close',
  reopen: 'conversation.reopen',
} as const satisfies Record<Action, string>;

/**
 * What the rules allow this agent in this state, the likeliest first. The server decides again; this
 * only keeps buttons away that would be refused.
 */
export function availableActions(
  conversation: Pick<Conversation, 'status' | 'holder' | 'assigneeId' | 'participants'>,
  me: { id: AgentId; role: Role },
): Action[] {
  const { status, holder } = conversation;
  if (status === 'closed') return ['reopen'];
  const isMember = isIn(conversation, me.id);
  const isUntaken = holder === 'nobody';
  const isSupervisor = me.role !== 'agent';
  const actions: Action[] = [];
  if (isUntaken) actions.push('accept');
  else if (!isMember) actions.push('join');
  if (isMember || isUntaken || isSupervisor) actions.push('close');
  if (isMember || (isSupervisor && !isUntaken))
    actions.push(status === 'open' ? 'markPending' : 'markOpen');
  if (isMember) actions.push('leave');
  return actions;
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
