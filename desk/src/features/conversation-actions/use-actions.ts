import type { ConversationId, Refused } from '@deskbell/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useStore } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { showToast } from '../../ui/toast.ts';
import { type Action, availableActions, commandOf } from './available-actions.ts';
import { forgetRefused } from './forget-refused.ts';

export interface ConversationActions {
  /** What may be done now, the likeliest first. */
  available: readonly Action[];
  /** Sent, and not answered yet. */
  busy: Action | null;
  /** Does it, and tells what became of it. */
  act(action: Action): void;
}

const none: readonly Action[] = [];

/** What the agent can do to a conversation as a whole. Closing can be undone; a refusal says why. */
export function useActions(conversationId: ConversationId): ConversationActions {
  const { t } = useTranslation('conversation');
  const client = useClient();
  const conversation = useStore((store) => store.entities.conversations.get(conversationId));
  const me = useStore((store) => store.me);
  const [busy, setBusy] = useState<Action | null>(null);
  const tellRefusal = useTellRefusal();

  const act = async (action: Action) => {
    setBusy(action);
    // Undone it must become what it was: reopening makes whoever reopens the assignee.
    const wasMine = conversation?.assigneeId === me?.id;
    const outcome = await client.send(commandOf[action], { conversationId });
    setBusy(null);
    if ('code' in outcome) {
      forgetRefused(client, commandOf[action], conversationId);
      if (outcome.code !== 'dropped') tellRefusal(outcome);
    } else if (action === 'close')
      showToast({
        tone: 'positive',
        title: t('actions.closed'),
        action: {
          label: t(wasMine ? 'undo' : 'actions.reopen'),
          onSelect: () => void act('reopen'),
        },
      });
  };
  return {
    available: conversation && me ? availableActions(conversation, me) : none,
    busy,
    act: (action) => void act(action),
  };
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
