import { Link, type LinkProps } from '@tanstack/react-router';
import { Inbox, Keyboard, MessagesSquare, Search, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { BellMark } from './bell-mark.tsx';
import { useStore } from './client.tsx';
import { useLayout } from './layout.tsx';
import { ProfileMenu } from './profile-menu.tsx';
import { shortcuts } from './shortcuts.ts';

const placeClasses =
  'relative grid place-items-center rounded-lg text-faint transition-colors hover:text-ink max-md:h-14 max-md:flex-1 max-md:content-center max-md:gap-0.5 md:size-10 md:hover:bg-hover md:[&.active]:bg-selected [&.active]:text-accent-text [&_svg]:size-5';

interface RailProps {
  /** On a phone an open conversation wants the room. */
  isConversationOpen: boolean;
  onSearch(): void;
  onHelp(): void;
}

/** The ways through the desk: a narrow column at the left, a row at the foot of a phone. */
export function Rail({ isConversationOpen, onSearch, onHelp }: RailProps) {
  const { t } = useTranslation();
  const { room } = useLayout();
  const waiting = useStore((store) => store.counts?.queue ?? 0);
  const isAlone = room === 'one';
  if (isAlone && isConversationOpen) return null;
  return (
    <nav
      aria-label={t('rail.name')}
      className="z-10 flex shrink-0 items-center border-line bg-sunken max-md:justify-around max-md:border-t max-md:px-2 max-md:pb-[env(safe-area-inset-bottom)] md:w-14 md:flex-col md:gap-1 md:border-e md:py-3"
    >
      {!isAlone && (
        <span className="mb-2 grid size-9 place-items-center">
          <BellMark className="size-7" />
        </span>
      )}
      <Tooltip label={t('rail.search')} shortcut={shortcuts.commandBar.keys} side="inline-end">
        <button
          type="button"
          aria-label={t('rail.search')}
          onClick={onSearch}
          className={classes(placeClasses, 'max-md:order-3')}
        >
          <Search />
          <span aria-hidden="true" className="text-2xs md:hidden">
            {t('rail.find')}
          </span>
        </button>
      </Tooltip>
      <RailLink
        to={{ to: '/$list/{-$conversationId}', params: { list: 'queue' } }}
        label={t('rail.conversations')}
        shortcut={shortcuts.goToQueue.keys}
        icon={<MessagesSquare />}
        count={waiting}
        countLabel={t('rail.waiting', { count: waiting })}
      />
      <RailLink
        to={{ to: '/settings/people' }}
        label={t('rail.people')}
        shortcut={shortcuts.goToPeople.keys}
        icon={<UsersRound />}
      />
      <RailLink
        to={{ to: '/settings/inboxes' }}
        label={t('rail.inboxes')}
        shortcut={shortcuts.goToInboxes.keys}
        icon={<Inbox />}
      />
      <span className="flex-1 max-md:hidden" />
      {!isAlone && (
        <IconButton
          label={t('shortcuts.title')}
          shortcut={shortcuts.help.keys}
          tooltipSide="inline-end"
          icon={<Keyboard />}
          onClick={onHelp}
          className="mb-1"
        />
      )}
      <ProfileMenu />
    </nav>
  );
}

interface RailLinkProps {
  to: LinkProps;
  label: string;
  shortcut: string;
  icon: ReactNode;
  count?: number;
  countLabel?: string;
}

function RailLink({ to, label, shortcut, icon, count = 0, countLabel }: RailLinkProps) {
  const isLists = to.to === '/$list/{-$conversationId}';
  return (
    <Tooltip label={label} shortcut={shortcut} side="inline-end">
      <Link
        {...to}
        aria-label={count > 0 ? `${label}, ${countLabel}` : label}
        // Every list counts as conversations, so the params don't matter.
        activeOptions={isLists ? { exact: false, includeSearch: false } : {}}
        className={placeClasses}
      >
        {icon}
        <span aria-hidden="true" className="text-2xs md:hidden">
          {label}
        </span>
        {count > 0 && (
          <span
            aria-hidden="true"
            className="absolute top-0.5 start-[calc(50%+2px)] min-w-4 rounded-full bg-accent px-1 text-center font-semibold text-2xs text-on-accent tabular-nums"
          >
            {count > 99 ? '99+' : count}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
