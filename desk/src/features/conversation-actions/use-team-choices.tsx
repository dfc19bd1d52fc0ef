import type { ConversationId, TeamId } from '@deskbell/contract';
import { fold } from '@deskbell/contract/views/search-text';
import { Inbox, UsersRound } from 'lucide-react';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import type { PaletteItem } from '../../ui/palette.tsx';

export interface TeamChoice extends PaletteItem {
  to: { teamId: TeamId | null };
}

/** The teams to which a conversation may be passed on, and the whole inbox where it stands in a team. */
export function useTeamChoices(conversationId: ConversationId, query: string) {
  const { t, i18n } = useTranslation(['conversation', 'teams']);
  const me = useStore((store) => store.me?.id);
  const conversation = useStore((store) => store.entities.conversations.get(conversationId));
  const inbox = useStore((store) => store.entities.inboxes.get(conversation?.inboxId ?? ''));
  const teams = useStore((store) => store.entities.teams.all());
  const targets = useStore(
    (store) => store.entities.workspaces.all()[0]?.settings.transferTargets ?? 'all',
  );
  const compare = new Intl.Collator(i18n.language).compare;
  const isHeld = conversation?.assigneeId !== null;
  const isThere = (teamId: TeamId | null) => conversation?.teamId === teamId && !isHeld;
  const named = teams
    .filter(({ id, memberIds }) => !isThere(id) && (targets === 'all' || isAmong(memberIds, me)))
    .sort((left, right) => compare(left.name, right.name))
    .map(
      ({ id, name, memberIds }): TeamChoice => ({
        id,
        to: { teamId: id },
        label: name,
        detail: t('teams:count', { count: memberIds.length }),
        icon: <UsersRound />,
      }),
    );
  const everybody: TeamChoice = {
    id: 'everybody',
    to: { teamId: null },
    label: t('passOn.everybody', { inbox: inbox?.name ?? '' }),
    detail: '',
    icon: <Inbox />,
  };
  const all = conversation?.teamId ? [...named, everybody] : named;
  return { name: t('passOn.teams'), items: all.filter(({ label }) => isLike(label, query)) };
}

const isAmong = <Id extends string>(ids: readonly Id[], id: Id | undefined) =>
  id !== undefined && ids.includes(id);

export const isLike = (name: string, query: string) => fold(name).includes(fold(query));
