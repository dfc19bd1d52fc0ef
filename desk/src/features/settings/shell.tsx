import type { Inbox } from '@deskbell/contract';
import { Link, Outlet } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useId, useState } from 'react';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { fieldClasses } from '../../ui/text-field.tsx';
import { type Findable, found } from './topics.ts';
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
  'flex h-8 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-full border border-line bg-surface px-3 text-muted text-sm [&.active]:border-accent-line [&.active]:bg-selected [&.active]:font-medium [&.active]:text-accent-text [&_svg]:size-4';

function SettingsNav() {
  const { t, i18n } = useTranslation('settings');
  const [typed, setTyped] = useState('');
  const id = useId();
  const all = useFindable();
  const isSearching = typed.trim() !== '';
  const hits = isSearching ? found(all, typed, i18n.language) : [];
  return (
    <nav
      aria-label={t('shell.name')}
      className="flex shrink-0 flex-col gap-2 border-line bg-sunken p-3 max-md:max-h-1/2 max-md:border-b md:w-62 md:overflow-y-auto md:border-e"
    >
      <div className="relative">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-2 start-2.5 size-4 text-faint"
        />
        <input
          type="search"
          id={id}
          value={typed}
          aria-label={t('shell.search')}
          placeholder={t('shell.search')}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
          className={`${fieldClasses} h-8 ps-8`}
        />
      </div>
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
  const { people, workspace } = usePages();
  const inboxes = useStore((store) => store.entities.inboxes.all());
  return (
    <div className="flex flex-col gap-3 max-md:hidden">
      <WayList ways={people} />
      {workspace.length > 0 && (
        <section>
          <h2 className="px-2 py-1 font-medium text-faint text-xs">{t('shell.workspace')}</h2>
          <WayList ways={workspace} />
        </section>
      )}
      {inboxes.map((inbox) => (
        <InboxWays key={inbox.id} inbox={inbox} />
      ))}
    </div>
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

function InboxWays({ inbox }: { inbox: Inbox }) {
  const pagesOf = useInboxPages();
  return (
    <section>
      <h2
        title={inbox.name}
        className="flex items-center gap-2 truncate px-2 py-1 font-medium text-faint text-xs"
      >
        <span
          aria-hidden="true"
          className="size-2.5 shrink-0 rounded-full"
          style={{ backgroundColor: inbox.color }}
        />
        <span className="truncate">{inbox.name}</span>
      </h2>
      <WayList ways={pagesOf(inbox)} />
    </section>
  );
}

interface WayProps {
  to: Findable;
  isWithPlace?: boolean;
  onGo?(): void;
}

function Way({ to: { icon: Icon, title, where, link }, isWithPlace = false, onGo }: WayProps) {
  return (
    <Link {...link} onClick={onGo} className={wayClasses}>
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
  const { people, workspace } = usePages();
  return (
    <ul className="-mx-3 flex gap-1.5 overflow-x-auto px-3 pb-0.5 md:hidden">
      {[...people, ...workspace].map(({ id, icon: Icon, title, link }) => (
        <li key={id}>
          <Link {...link} className={chipClasses}>
            <Icon aria-hidden="true" />
            {title}
          </Link>
        </li>
      ))}
    </ul>
  );
}
