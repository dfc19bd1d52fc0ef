import type { Inbox } from '@deskbell/contract';
import {
  BellRing,
  History,
  Inbox as InboxIcon,
  type LucideIcon,
  MessagesSquare,
  Settings2,
  SlidersHorizontal,
  Tag,
  UserCog,
  UserRoundCheck,
  UsersRound,
  Waypoints,
} from 'lucide-react';
import { useStore } from '../../app/client.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { pagesInUse, placedOn } from './catalogue.ts';
import type { SettingPage } from './setting-page.ts';
import { type Findable, topicIcons, topicsFor } from './topics.ts';

const pageIcons: Record<SettingPage, LucideIcon> = {
  workspace: Settings2,
  conversations: MessagesSquare,
  assignment: UserRoundCheck,
  advanced: SlidersHorizontal,
};

/** The pages of the settings that one may see, in their order: one's own, the workspace's, that of all inboxes. */
export function usePages(): { own: Findable[]; workspace: Findable[]; inboxes: Findable } {
  const { t } = useTranslation(['settings', 'app', 'labels', 'teams', 'notificationSettings']);
  const { may } = useSession();
  const page = (
    id: 'people' | 'teams' | 'labels' | 'account' | 'notifications' | 'inboxes' | 'audit',
    icon: LucideIcon,
    title: string,
  ): Findable => ({
    id,
    icon,
    title,
    words: t(`ways.${id}`),
    where: null,
    link: { to: `/settings/${id}`, activeOptions: { exact: true } } as Findable['link'],
  });
  const settings = (ids: readonly SettingPage[]) =>
    ids.map(
      (id): Findable => ({
        id,
        icon: pageIcons[id],
        title: t(`pages.${id}.title`),
        words: t(`pages.${id}.words`),
        where: null,
        link: { to: '/settings/$page', params: { page: id } },
      }),
    );
  const colleagues = [
    page('people', UsersRound, t('app:rail.people')),
    page('teams', Waypoints, t('teams:title')),
    page('labels', Tag, t('labels:title')),
  ];
  const [general, ...further] = pagesInUse;
  return {
    own: [
      page('account', UserCog, t('app:profile.account')),
      page('notifications', BellRing, t('notificationSettings:title')),
    ],
    workspace: may.changeSettings
      ? [
          ...settings(general ? [general] : []),
          ...colleagues,
          ...settings(further),
          page('audit', History, t('pages.audit.title')),
        ]
      : colleagues,
    inboxes: page('inboxes', InboxIcon, t('shell.allInboxes')),
  };
}

/** The pages of one inbox, as far as one may see them. */
export function useInboxPages(): (inbox: Inbox) => Findable[] {
  const { t } = useTranslation('settings');
  const { may } = useSession();
  return (inbox) =>
    topicsFor(may.changeSettings).map((topic) => ({
      id: `${inbox.id} ${topic}`,
      icon: topicIcons[topic],
      title: t(`topics.${topic}.title`),
      words: t(`topics.${topic}.words`),
      where: inbox.name,
      link: { to: '/settings/inboxes/$inboxId/$topic', params: { inboxId: inbox.id, topic } },
    }));
}

/** All that the search looks through: pages, every setting on them, and what each inbox has. */
export function useFindable(): Findable[] {
  const { t } = useTranslation('settings');
  const { may } = useSession();
  const pages = usePages();
  const pagesOf = useInboxPages();
  const inboxes = useStore((store) => store.entities.inboxes.all());
  const single = (id: string, page: SettingPage, words: { title: string; words: string }) => ({
    id,
    icon: pageIcons[page],
    ...words,
    where: t(`pages.${page}.title`),
    link: { to: '/settings/$page', params: { page }, hash: id } as Findable['link'],
  });
  const settings = pagesInUse.flatMap((page) =>
    placedOn(page).map((key) =>
      single(key, page, {
        title: t(`setting.${key}.name`),
        words: `${t(`setting.${key}.hint`)} ${t(`setting.${key}.words`)}`,
      }),
    ),
  );
  const name = single('name', 'workspace', { title: t('name.name'), words: t('name.words') });
  return [
    ...pages.own,
    ...pages.workspace,
    pages.inboxes,
    ...(may.changeSettings ? [name, ...settings] : []),
    ...inboxes.flatMap(pagesOf),
  ];
}
