import type { Inbox } from '@deskbell/contract';
import { Link, Outlet, useMatch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { type Findable, found } from './topics.ts';
import { useActiveInSight } from './use-active-in-sight.ts';
import { useFindable, useInboxPages, usePages } from './use-findable.tsx';

/** What stands around every page of the settings: the ways to all of them, and the search over them. */
export function SettingsShell() {
  return (
    <div className="flex min-h-0 min-w-0 flex-1 max-md:flex-col">
      <SettingsNav />
      <Outlet />
    </div>
  );
}

const wayClasses =
  'flex min-w-0 items-center gap-2 rounded-md px-2 py-1.5 text-muted hover:bg-hover hover:text-ink [&.active]:bg-selected [&.active]:font-medium [&.active]:text-accent-text [&_svg]:size-4 [&_svg]:shrink-0';
const chipClasses =
  'flex h-8 pointer-coarse:h-10 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-full border border-line bg-surface px-3 text-muted text-sm [&.active]:border-accent-line [&.active]:bg-selected [&.active]:font-medium [&.active]:text-accent-text [&_svg]:size-4';

function SettingsNav() {
  const { t, i18n } = useTranslation(['settings', 'app']);
  const [typed, setTyped] = useState('');
  const all = useFindable();
  const isSearching = typed.trim() !== '';
  const hits = isSearching ? found(all, typed, i18n.language) : [];
  return (
    <nav
      aria-label={t('shell.name')}
      className="flex shrink-0 flex-col gap-2 border-line bg-sunken p-3 max-md:max-h-1/2 max-md:border-b md:w-62 md:overflow-y-auto md:border-e"
    >
      <SearchField
        label={t('shell.search')}
        clearLabel={t('app:clearSearch')}
        value={typed}
        onChange={setTyped}
      />
      <p role="status" className="sr-only">
        {isSearching && t('shell.hits', { count: hits.length })}
      </p>
      {isSearching ? (
        <ul className="flex min-h-0 flex-col gap-0.5 overflow-y-auto">
          {hits.map((hit) => (
            <li key={hit.id}>
              <Way to={hit} isWithPlace onGo={() => setTyped('')} />
            </li>
          ))}
          {hits.length === 0 && (
            <li className="px-2 py-1.5 text-muted text-sm">{t('shell.none')}</li>
          )}
        </ul>
      ) : (
        <>
          <Ways />
          <Chips />
        </>
      )}
    </nav>
  );
}

function Ways() {
  const { t } = useTranslation('settings');
  const { own, workspace, inboxes: all } = usePages();
  const inboxes = useStore((store) => store.entities.inboxes.all());
  const openId = useOpenInbox();
  return (
    <div className="flex flex-col gap-3 max-md:hidden">
      <WaySection title={t('shell.you')}>
        <WayList ways={own} />
      </WaySection>
      <WaySection title={t('shell.workspace')}>
        <WayList ways={workspace} />
      </WaySection>
      <WaySection title={t('shell.inboxes')}>
        <WayList ways={[all]} />
        {inboxes.map((inbox) => (
          <InboxWays
            key={inbox.id}
            inbox={inbox}
            isOpen={inboxes.length === 1 || inbox.id === openId}
          />
        ))}
      </WaySection>
    </div>
  );
}

/** The inbox whose pages one is on. */
const useOpenInbox = () =>
  useMatch({ from: '/desk/shell/settings/inboxes/$inboxId/$topic', shouldThrow: false })?.params
    .inboxId;

function WaySection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-0.5">
      <h2 className="px-2 py-1 font-medium text-faint text-xs">{title}</h2>
      {children}
    </section>
  );
}

function WayList({ ways }: { ways: readonly Findable[] }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {ways.map((way) => (
        <li key={way.id}>
          <Way to={way} />
        </li>
      ))}
    </ul>
  );
}

/** An inbox; its pages stand below it while one is on one of them. */
function InboxWays({ inbox, isOpen }: { inbox: Inbox; isOpen: boolean }) {
  const pages = useInboxPages()(inbox);
  return (
    <>
      <Link
        {...pages[0]?.link}
        title={inbox.name}
        // The page below it is the one that is open.
        activeProps={{ className: '' }}
        className={classes(wayClasses, isOpen && 'font-medium text-ink!')}
      >
        <span aria-hidden="true" className="grid size-4 shrink-0 place-items-center">
          <span
            className="size-2.5 rounded-full forced-color-adjust-none"
            style={{ backgroundColor: inbox.color }}
          />
        </span>
        <span className="truncate">{inbox.name}</span>
      </Link>
      {isOpen && (
        <div className="ms-4 border-line border-s ps-2">
          <WayList ways={pages} />
        </div>
      )}
    </>
  );
}

interface WayProps {
  to: Findable;
  isWithPlace?: boolean;
  onGo?(): void;
}

function Way({ to: { icon: Icon, title, where, link }, isWithPlace = false, onGo }: WayProps) {
  return (
    <Link
      {...link}
      onClick={onGo}
      className={classes(
        wayClasses,
        isWithPlace && 'items-start! pointer-coarse:min-h-11 [&>svg]:mt-0.5',
      )}
    >
      <Icon aria-hidden="true" />
      <span className="min-w-0">
        <span className={isWithPlace ? 'block' : 'block truncate'}>{title}</span>
        {isWithPlace && where !== null && (
          <span className="block truncate text-faint text-xs">{where}</span>
        )}
      </span>
    </Link>
  );
}

/** The pages where there is no room for the column: one row, moved with a finger. */
function Chips() {
  const { own, workspace, inboxes } = usePages();
  const row = useActiveInSight<HTMLUListElement>();
  const openId = useOpenInbox();
  return (
    <ul
      ref={row}
      className="faded-row -mx-3 flex gap-1.5 overflow-x-auto px-3 pb-0.5 [scrollbar-width:none] md:hidden"
    >
      {[...own, ...workspace, inboxes].map(({ id, icon: Icon, title, link }) => (
        <li key={id}>
          <Link
            {...link}
            // The pages of one inbox stand in a row of their own.
            className={classes(chipClasses, openId && id === 'inboxes' && 'active')}
          >
            <Icon aria-hidden="true" />
            {title}
          </Link>
        </li>
      ))}
    </ul>
  );
}
