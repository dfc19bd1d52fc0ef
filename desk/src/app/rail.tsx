import { Link, type LinkProps, useMatch } from '@tanstack/react-router';
import { ChartNoAxesColumn, Keyboard, MessagesSquare, Search, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Mark } from '../ui/mark.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { Bell, Count } from './bell.tsx';
import { BellMark } from './bell-mark.tsx';
import { useStore } from './client.tsx';
import { useLayout } from './layout.tsx';
import { ProfileMenu } from './profile-menu.tsx';
import { useSession } from './session-context.tsx';
import { useKeysOf } from './shortcuts.ts';
import { useLists } from './use-lists.ts';
import { useTranslation } from './use-translation.ts';

const placeClasses =
  'relative grid place-items-center rounded-lg text-faint transition-colors hover:text-ink max-md:h-14 max-md:min-w-0 max-md:flex-auto max-md:content-center max-md:gap-0.5 md:size-10 md:hover:bg-hover md:[&.active]:bg-selected [&.active]:text-accent-text [&_svg]:size-5';

interface RailProps {
  /** On a phone an open conversation wants the room. */
  isConversationOpen: boolean;
  onSearch(): void;
  onHelp(): void;
  onWorkspaces(what: 'find' | 'make'): void;
}

/** The ways through the desk: a narrow column at the left, a row at the foot of a phone. */
export function Rail({ isConversationOpen, onSearch, onHelp, onWorkspaces }: RailProps) {
  const keysOf = useKeysOf();
  const { t } = useTranslation();
  const { room } = useLayout();
  const [list = 'mine'] = useLists();
  const { may } = useSession();
  const waiting = useStore((store) => (list === 'queue' && store.counts?.queue) || 0);
  const isAlone = room === 'one';
  const isInLists =
    useMatch({ from: '/desk/$list/{-$conversationId}', shouldThrow: false }) !== undefined;
  if (isAlone && isConversationOpen) return null;
  return (
    <nav
      aria-label={t('rail.name')}
      className="z-10 flex shrink-0 items-center border-line bg-sunken max-md:justify-around max-md:border-t max-md:px-2 max-md:safe-foot md:w-14 md:flex-col md:gap-1 md:border-e md:py-3"
    >
      {!isAlone && <Place onSwitch={() => onWorkspaces('find')} />}
      <Tooltip label={t('rail.search')} shortcut={keysOf('commandBar')} side="inline-end">
        <button
          type="button"
          aria-label={t('rail.search')}
          onClick={onSearch}
          className={classes(placeClasses, 'max-md:order-1')}
        >
          <Search />
          <span aria-hidden="true" className="text-2xs md:hidden">
            {t('rail.find')}
          </span>
        </button>
      </Tooltip>
      <RailLink
        to={{ to: '/$list/{-$conversationId}', params: { list } }}
        label={t('rail.conversations')}
        shortcut={keysOf(list === 'queue' ? 'goToQueue' : 'goToMine')}
        icon={<MessagesSquare />}
        isHere={isInLists}
        count={waiting}
        countLabel={t('rail.waiting', { count: waiting })}
      />
      {may.seeEveryInbox && !isAlone && (
        <RailLink
          to={{ to: '/board' }}
          label={t('rail.board')}
          shortcut={keysOf('goToBoard')}
          icon={<ChartNoAxesColumn />}
        />
      )}
      <RailLink
        to={{ to: '/settings' }}
        label={t('rail.settings')}
        shortcut={keysOf('goToSettings')}
        icon={<Settings />}
        className="max-md:order-3"
      />
      <span className="flex-1 max-md:hidden" />
      <Bell className={classes(placeClasses, 'max-md:order-2')} />
      {!isAlone && (
        <IconButton
          label={t('shortcuts.title')}
          shortcut={keysOf('help')}
          tooltipSide="inline-end"
          icon={<Keyboard />}
          onClick={onHelp}
          className="mb-1"
        />
      )}
      <ProfileMenu className={placeClasses} onWorkspaces={onWorkspaces} />
    </nav>
  );
}

/** Where one is: Deskbell's own mark, or the workspace's for who has several, and the way into another. */
function Place({ onSwitch }: { onSwitch(): void }) {
  const keysOf = useKeysOf();
  const { t } = useTranslation();
  const { workspace, workspaces } = useSession();
  if (workspaces.length < 2)
    return (
      <span className="mb-2 grid size-9 place-items-center">
        <BellMark className="size-7" />
      </span>
    );
  return (
    <Tooltip label={workspace.name} shortcut={keysOf('goToWorkspace')} side="inline-end">
      <button
        type="button"
        aria-label={t('rail.workspace', { name: workspace.name })}
        onClick={onSwitch}
        className="mb-2 grid size-10 place-items-center rounded-lg hover:bg-hover"
      >
        <Mark id={workspace.id} name={workspace.name} size="medium" />
      </button>
    </Tooltip>
  );
}

interface RailLinkProps {
  to: LinkProps;
  label: string;
  shortcut: string;
  icon: ReactNode;
  /** Where it leads to one of several that all count as the place. */
  isHere?: boolean;
  count?: number;
  countLabel?: string;
  className?: string;
}

function RailLink(props: RailLinkProps) {
  const { to, label, shortcut, icon, isHere = false, count = 0, countLabel, className } = props;
  return (
    <Tooltip label={label} shortcut={shortcut} side="inline-end">
      <Link
        {...to}
        aria-label={count > 0 ? `${label}, ${countLabel}` : label}
        aria-current={isHere ? 'page' : undefined}
        className={classes(placeClasses, isHere && 'active', className)}
      >
        {icon}
        <span aria-hidden="true" className="max-w-full truncate text-2xs md:hidden">
          {label}
        </span>
        <Count count={count} />
      </Link>
    </Tooltip>
  );
}
