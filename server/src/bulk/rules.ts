import type { BulkAction, CommandInput, CommandKind } from '@deskbell/contract';

type Standing = CommandInput<'conversation.put-back'>['before'];

/** How a conversation stood before, as far as a job can be taken back. */
export interface Before extends Omit<Standing, 'status'> {
  status: Standing['status'] | 'closed';
  isFlagged: boolean;
  labelIds: readonly string[];
}

/** The command that a job sends for one conversation. */
export type Step = {
  [Kind in CommandKind]: { kind: Kind; input: CommandInput<Kind> };
}[CommandKind];

/** What a job sends for a conversation. */
export function stepOf(action: BulkAction, conversationId: string): Step {
  const on = { conversationId } as { conversationId: never };
  switch (action.do) {
    case 'assign':
      return { kind: 'conversation.assign', input: { ...on, agentId: action.agentId } };
    case 'unassign':
      return { kind: 'conversation.unassign', input: on };
    case 'close':
      return { kind: 'conversation.close', input: { ...on, reason: action.reason } };
    case 'flag':
      return { kind: 'conversation.flag', input: on };
    case 'unflag':
      return { kind: 'conversation.unflag', input: on };
    case 'label':
      return { kind: 'conversation.label', input: { ...on, add: [action.labelId] } };
    case 'unlabel':
      return { kind: 'conversation.label', input: { ...on, remove: [action.labelId] } };
  }
}

/**
 * What takes it back, for one that stood so before and whose agent asks; null where the job changed nothing. Who had it,
 * who took part, where it waited and for whom: no agent's command says all of that, so the system puts it back for them.
 */
export function stepBack(
  action: BulkAction,
  conversationId: string,
  { before, agentId }: { before: Before; agentId: string },
): Step | null {
  const on = { conversationId } as { conversationId: never };
  switch (action.do) {
    case 'assign':
    case 'unassign':
    case 'close': {
      const { isFlagged: _, labelIds: __, status, ...rest } = before;
      const wanted = action.do === 'assign' ? action.agentId : null;
      if (status === 'closed' || (action.do !== 'close' && before.assigneeId === wanted))
        return null;
      const input = { ...on, agentId: agentId as never, before: { ...rest, status } };
      return { kind: 'conversation.put-back', input };
    }
    case 'flag':
      return before.isFlagged ? null : { kind: 'conversation.unflag', input: on };
    case 'unflag':
      return before.isFlagged ? { kind: 'conversation.flag', input: on } : null;
    case 'label':
      return before.labelIds.includes(action.labelId)
        ? null
        : { kind: 'conversation.label', input: { ...on, remove: [action.labelId] } };
    case 'unlabel':
      return before.labelIds.includes(action.labelId)
        ? { kind: 'conversation.label', input: { ...on, add: [action.labelId] } }
        : null;
  }
}
