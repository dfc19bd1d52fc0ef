import type { Inbox } from '@deskbell/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ColorChoice } from './color-choice.tsx';
import { LookPreview } from './look-preview.tsx';

const GREETING_LIMIT = 500;

/** Name, colour and greeting, with what the visitor will see of them. */
export function InboxLook({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation(['settings', 'app']);
  const [name, setName] = useState(inbox.name);
  const [color, setColor] = useState(inbox.color);
  const [greeting, setGreeting] = useState(inbox.greeting);
  const { save, isBusy } = useSave();
  const isNameMissing = name.trim() === '';
  const isChanged =
    name.trim() !== inbox.name || color !== inbox.color || greeting !== inbox.greeting;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isNameMissing) void save(inbox, { name: name.trim(), color, greeting });
  };
  const undo = () => {
    setName(inbox.name);
    setColor(inbox.color);
    setGreeting(inbox.greeting);
  };
  return (
    <form noValidate onSubmit={submit} className="grid gap-6 sm:grid-cols-[1fr_15rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <TextField
          label={t('look.name')}
          maxLength={120}
          value={name}
          error={isNameMissing ? t('app:fields.name') : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <ColorChoice label={t('look.color')} value={color} onChange={setColor} />
        <Textarea
          label={t('look.greeting')}
          hint={t('look.greetingHint')}
          maxLength={GREETING_LIMIT}
          value={greeting}
          onChange={(event) => setGreeting(event.target.value)}
        />
      </div>
      <LookPreview name={name} color={color} greeting={greeting} />
      <div className="flex gap-2 sm:col-span-2">
        <Button type="submit" look="primary" disabled={!isChanged} isBusy={isBusy}>
          {t('look.save')}
        </Button>
        {isChanged && (
          <Button look="quiet" onClick={undo}>
            {t('look.undo')}
          </Button>
        )}
      </div>
    </form>
  );
}

function useSave() {
  const { t } = useTranslation('settings');
  const client = useClient();
  const textOf = useProblemText();
  const [isBusy, setBusy] = useState(false);
  const save = async (inbox: Inbox, to: Pick<Inbox, 'name' | 'color' | 'greeting'>) => {
    setBusy(true);
    const outcome = await client.send('inbox.change', { inboxId: inbox.id, ...to });
    setBusy(false);
    if ('code' in outcome) showToast({ tone: 'danger', title: textOf(outcome) });
    else showToast({ tone: 'positive', title: t('look.saved') });
  };
  return { save, isBusy };
}
