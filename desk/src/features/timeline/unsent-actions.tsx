import type { ConversationId } from '@deskbell/contract';
import type { PendingMessage } from '@deskbell/sdk';
import { RotateCcw, Send, Trash2 } from 'lucide-react';
import { useClient } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { showToast } from '../../ui/toast.ts';
import { useSwitch } from '../presence/index.ts';

interface UnsentActionsProps {
  message: PendingMessage;
  conversationId: ConversationId;
}

/** Why a message was not sent, and the two ways on: once more, or not at all. */
export function UnsentActions({ message, conversationId }: UnsentActionsProps) {
  const { t } = useTranslation('conversation');
  const { outbox, saveDraft, store } = useUnsent();
  const problemText = useProblemText();
  const { turn } = useSwitch();
  const goOnlineAndSend = async () => {
    if (await turn('online')) await outbox.retry(message.clientId);
  };
  const reason = message.refusal ? problemText(message.refusal) : t('unsent.old');
  const discard = () => {
    outbox.drop(message.clientId);
    showToast({
      title: t('unsent.discarded'),
      action: {
        label: t('undo'),
        // Back into the field, where it can be sent or changed.
        onSelect: () => {
          const draft = store.entities.drafts.get(conversationId)?.text ?? '';
          saveDraft(conversationId, [draft, message.text].filter(Boolean).join('\n'));
        },
      },
    });
  };
  return (
    <div
      role="alert"
      className="mt-1 flex flex-wrap items-center justify-end gap-x-2 text-danger-text text-xs"
    >
      <span>{t('unsent.reason', { reason })}</span>
      <span className="flex gap-1">
        {message.refusal?.code === 'offline' && (
          <Way
            label={t('composer.goOnlineAndSend')}
            icon={<Send />}
            onPress={() => void goOnlineAndSend()}
          />
        )}
        <Way
          label={t('unsent.retry')}
          icon={<RotateCcw />}
          onPress={() => void outbox.retry(message.clientId)}
        />
        <Way label={t('unsent.discard')} icon={<Trash2 />} onPress={discard} />
      </span>
    </div>
  );
}

function useUnsent() {
  const client = useClient();
  return {
    outbox: client.outbox,
    store: client.store,
    saveDraft: (id: ConversationId, text: string) => client.saveDraft(id, text),
  };
}

interface WayProps {
  label: string;
  icon: React.ReactNode;
  onPress(): void;
}

function Way({ label, icon, onPress }: WayProps) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="inline-flex h-6 pointer-coarse:h-10 items-center gap-1 rounded-md px-1.5 font-medium text-danger-text hover:bg-danger-soft [&_svg]:size-3.5"
    >
      <span aria-hidden="true" className="contents">
        {icon}
      </span>
      {label}
    </button>
  );
}
