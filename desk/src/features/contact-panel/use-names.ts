import type { AgentId, ContactId, TeamId } from '@deskbell/contract';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { contactName, knownName } from './contact-name.ts';

/** How a contact is called everywhere in the desk. */
export function useContactName(contactId: ContactId | undefined): string {
  const { t } = useTranslation('contactPanel');
  const contact = useStore((store) => store.entities.contacts.get(contactId ?? ''));
  return contactName(contact, contactId ?? '', (tag) => t('visitor', { tag }));
}

/** What the contact is really called; null of an anonymous visitor, whose initials would say nothing. */
export function useKnownName(contactId: ContactId | undefined): string | null {
  return useStore((store) => knownName(store.entities.contacts.get(contactId ?? '')));
}

/** An agent's name; of one who is unknown here a word that stands for it. */
export function useAgentName(agentId: AgentId | null | undefined): string {
  const { t } = useTranslation('contactPanel');
  const agent = useStore((store) => store.entities.agents.get(agentId ?? ''));
  return agent?.name ?? t('formerAgent');
}

/** A team's name; of one that is no more a word that stands for it. */
export function useTeamName(teamId: TeamId | null | undefined): string {
  const { t } = useTranslation('contactPanel');
  const team = useStore((store) => store.entities.teams.get(teamId ?? ''));
  return team?.name ?? t('formerTeam');
}
