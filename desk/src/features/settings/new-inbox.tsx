import type { InboxId } from '@deskbell/contract';
import { useClient } from '../../app/client.tsx';
import { NameForm } from '../../app/name-form.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Dialog } from '../../ui/dialog.tsx';

interface NewInboxProps {
  isOpen: boolean;
  onClose(): void;
  onMade(id: InboxId): void;
}

export function NewInbox({ isOpen, onClose, onMade }: NewInboxProps) {
  const { t } = useTranslation(['settings', 'app']);
  const client = useClient();
  const send = async (name: string) => {
    const outcome = await client.send('inbox.create', { name });
    if ('code' in outcome) return outcome;
    onMade(outcome.answer.inboxId);
    onClose();
    return outcome;
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="small"
      title={t('new.title')}
      description={t('new.text')}
      closeLabel={t('app:close')}
    >
      <NameForm
        label={t('look.name')}
        placeholder={t('new.example')}
        button={t('new.button')}
        send={send}
      />
    </Dialog>
  );
}
