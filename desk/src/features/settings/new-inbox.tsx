import type { InboxId } from '@deskbell/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface NewInboxProps {
  isOpen: boolean;
  onClose(): void;
  onMade(id: InboxId): void;
}

export function NewInbox({ isOpen, onClose, onMade }: NewInboxProps) {
  const { t } = useTranslation(['settings', 'app']);
  const client = useClient();
  const textOf = useProblemText();
  const [name, setName] = useState('');
  const [error, setError] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return setError(t('app:fields.name'));
    setBusy(true);
    const outcome = await client.send('inbox.create', { name: name.trim() });
    setBusy(false);
    if ('code' in outcome) return setError(textOf(outcome));
    setName('');
    onMade(outcome.answer.inboxId);
    onClose();
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
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label={t('look.name')}
          placeholder={t('new.example')}
          maxLength={120}
          value={name}
          error={error}
          onChange={(event) => {
            setName(event.target.value);
            setError(undefined);
          }}
        />
        <Button type="submit" look="primary" isBusy={isBusy} className="self-end">
          {t('new.button')}
        </Button>
      </form>
    </Dialog>
  );
}
