import type { Contact } from '@deskbell/contract';
import { useClient } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { forgetRefused } from '../conversation-actions/index.tsx';
import { EditableText } from './editable-text.tsx';
import { Fact } from './fact.tsx';

/** Who it is, changed in place. */
export function ContactSection({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contactPanel');
  const client = useClient();
  const problemText = useProblemText();
  const change = async (
    part: { name: string | null } | { email: string | null } | { phone: string | null },
    bad: string,
  ) => {
    const outcome = await client.send('contact.change', { contactId: contact.id, ...part });
    if (!('code' in outcome) || outcome.code === 'dropped') return null;
    forgetRefused(client, 'contact.change', '');
    return outcome.code === 'invalid' ? bad : problemText(outcome);
  };
  return (
    <dl className="flex flex-col gap-0.5">
      <Fact label={t('name')}>
        <EditableText
          label={t('name')}
          type="text"
          value={contact.name}
          emptyLabel={t('noName')}
          onSave={(name) => change({ name }, t('badName'))}
        />
      </Fact>
      <Fact label={t('email')}>
        <EditableText
          label={t('email')}
          type="email"
          value={contact.email}
          emptyLabel={t('noEmail')}
          onSave={(email) => change({ email }, t('badEmail'))}
        />
      </Fact>
      <Fact label={t('phone')}>
        <EditableText
          label={t('phone')}
          type="tel"
          value={contact.phone}
          emptyLabel={t('noPhone')}
          onSave={(phone) => change({ phone }, t('badPhone'))}
        />
      </Fact>
    </dl>
  );
}
