import type {
  AgentId,
  CommandInput,
  Conversation,
  ConversationId,
  Refused,
} from '@deskbell/contract';
import { useState } from 'react';
import { useClient, useStore } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { showToast } from '../../ui/toast.ts';
import { useSwitch } from '../presence/index.ts';
import { type Action, availableActions, commandOf, needsReason } from './available-actions.ts';
import { forgetRefused } from './forget-refused.ts';

/** What asks for more before it is done: to whom, or why. */
export type Question = 'assign' | 'invite' | 'close';

/** What is said beside the conversation. */
export type Details = Omit<CommandInput<'conversation.assign'>, 'conversationId' | 'agentId'> &
  Partial<Pick<CommandInput<'conversation.assign'>, 'agentId'>> & {
    reason?: string;
    /** To a team instead of an agent; null: to all who serve the inbox. */
    teamId?: CommandInput<'conversation.transfer'>['teamId'];
  };

export interface ConversationActions {
  conversationId: ConversationId;
  /** What may be done now, the likeliest first. */
  available: readonly Action[];
  /** Sent, and not answered yet. */
  busy: Action | null;
  /** Does it, or asks first, and tells what became of it. */
  act(action: Action): void;
  question: Question | null;
  /** The answer to the question; null: nothing is done. Resolves with a refusal, which is shown there. */
  answer(details: Details | null): Promise<Refused | null>;
}

const none: readonly Action[] = [];
const undoing = { close: 'reopen', flag: 'unflag', unflag: 'flag', unassign: 'accept' } as const;
const said = {
  close: 'closed',
  flag: 'flagged',
  unflag: 'unflagged',
  unassign: 'unassigned',
} as const;
type Undone = keyof typeof undoing;

/** What the agent can do to a conversation as a whole. What can be undone offers it; a refusal says why. */
export function useActions(conversationId: ConversationId): ConversationActions {
  const { t } = useTranslation('conversation');
  const client = useClient();
  const conversation = useStore((store) => store.entities.conversations.get(conversationId));
  const me = useStore((store) => store.me);
  const [busy, setBusy] = useState<Action | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const tellRefusal = useTellRefusal();
  const offerOnline = useOfferOnline();

  const send = async (
    action: Action,
    details: Details = {},
    isUndo = false,
  ): Promise<Refused | null> => {
    setBusy(action);
    // Undone it must become what it was: reopening makes whoever reopens the assignee.
    const isUndone = action !== 'close' || conversation?.assigneeId === me?.id;
    const kind = 'teamId' in details ? 'conversation.transfer' : commandOf[action];
    const outcome = await client.send(kind, { conversationId, ...details } as never);
    setBusy(null);
    if ('code' in outcome) {
      forgetRefused(client, kind, conversationId);
      return outcome.code === 'dropped' ? null : (outcome as Refused);
    }
    const isLost = action === 'unassign' && !isTakenBack(conversation, me?.id);
    if (action in undoing && !isUndo && !isLost) offerUndo(action as Undone, isUndone);
    return null;
  };
  const offerUndo = (action: Undone, isUndone: boolean) =>
    showToast({
      tone: 'positive',
      title: t(`actions.${said[action]}`),
      action: {
        label: t(isUndone ? 'undo' : 'actions.reopen'),
        onSelect: () => void perform(undoing[action], true),
      },
    });
  const perform = async (action: Action, isUndo = false) => {
    const refusal = await send(action, {}, isUndo);
    if (refusal?.code === 'offline') offerOnline(refusal, () => void perform(action, isUndo));
    else if (refusal) tellRefusal(refusal);
  };
  const act = (action: Action) => {
    const asks =
      action === 'assign' ||
      action === 'invite' ||
      (action === 'close' && conversation && me && needsReason(conversation, me.id));
    if (asks) setQuestion(action as Question);
    else void perform(action);
  };
  const answer = async (details: Details | null) => {
    const refusal = question && details ? await send(question, details) : null;
    if (!refusal) setQuestion(null);
    return refusal;
  };
  return {
    conversationId,
    available: conversation && me ? availableActions(conversation, me) : none,
    busy,
    act,
    question,
    answer,
  };
}

/** Whether taking it makes a conversation that was put back what it was: nobody else was in it. */
const isTakenBack = (before: Conversation | undefined, agentId: AgentId | undefined): boolean =>
  before?.assigneeId === agentId && before?.participants.length === 0;

/** who is not online takes nothing, and is offered to be, and then to take it. */
function useOfferOnline(): (refusal: Refused, then: () => void) => void {
  const { t } = useTranslation();
  const { turn } = useSwitch();
  const problemText = useProblemText();
  return (refusal, then) =>
    showToast({
      title: problemText(refusal),
      action: {
        label: t('presence.goOnline'),
        onSelect: () => void turn('online').then((isDone) => isDone && then()),
      },
    });
}

function useTellRefusal(): (refusal: Refused) => void {
  const { t } = useTranslation('conversation');
  const { store } = useClient();
  const problemText = useProblemText();
  return (refusal) => {
    const winner = store.entities.agents.get(refusal.agentId ?? '')?.name;
    const isLost = refusal.code === 'taken' && winner !== undefined;
    showToast({
      tone: isLost ? 'neutral' : 'danger',
      title: isLost ? t('actions.taken', { name: winner }) : problemText(refusal),
    });
  };
}
