import type { AgentId, ContactId } from '@deskbell/contract';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../app/client.tsx';
import { contactName } from './contact-name.ts';

/** How a contact is called everywhere in the desk. */
export function useContactName(contactId: ContactId | undefined): string {
  const { t } = useTranslation('contactPanel');
  const contact = useStore((store) => store.entities.contacts.get(contactId ?? ''));
  return contactName(contact, contactId ?? '', (tag) => t('visitor', { tag }));
}

/** What the contact is really called; null of an anonymous visitor, whose initials would say nothing. */
export function useKnownName(contactId: ContactId | undefined): string | null {
  return useStore((store) => {
    const contact = store.entities.contacts.get(contactId ?? '');
    return contact?.name ?? contact?.email ?? null;
  });
}

/** An agent's name; of one who is unknown here a word that stands for it. */
export function useAgentName(agentId: AgentId | null | undefined): string {
  const { t } = useTranslation('contactPanel');
  const agent = useStore((store) => store.entities.agents.get(agentId ?? ''));
  return agent?.name ?? t('formerAgent');
}
