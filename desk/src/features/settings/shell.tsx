import { Link, Outlet } from '@tanstack/react-router';
import { Inbox as InboxIcon, Search, UserCog, UsersRound } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../app/client.tsx';
import { useSession } from '../../app/session-context.tsx';
import { fieldClasses } from '../../ui/text-field.tsx';
import { type Findable, found, topicIcons, topicsFor } from './topics.ts';

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
      className="flex shrink-0 flex-col gap-2 border-line bg-sunken p-3 max-md:border-b md:w-62 md:overflow-y-auto md:border-e"
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
        <ul className="flex flex-col gap-0.5">
          {hits.map((hit) => (
            <li key={`${hit.inbox.id} ${hit.topic}`}>
              <TopicLink hit={hit} isWithInbox onGo={() => setTyped('')} />
            </li>
          ))}
          {hits.length === 0 && (
            <li className="px-2 py-1.5 text-muted text-sm">{t('shell.none')}</li>
          )}
        </ul>
      ) : (
        <Ways all={all} />
      )}
    </nav>
  );
}

function Ways({ all }: { all: readonly Findable[] }) {
  const { t } = useTranslation(['settings', 'app']);
  const inboxes = [...new Set(all.map(({ inbox }) => inbox))];
  return (
    <ul className="flex flex-col gap-0.5 max-md:hidden">
      <li>
        <Link to="/settings/people" className={wayClasses}>
          <UsersRound aria-hidden="true" />
          {t('app:rail.people')}
        </Link>
      </li>
      <li>
        <Link to="/settings/account" className={wayClasses}>
          <UserCog aria-hidden="true" />
          {t('app:profile.account')}
        </Link>
      </li>
      <li>
        <Link to="/settings/inboxes" activeOptions={{ exact: true }} className={wayClasses}>
          <InboxIcon aria-hidden="true" />
          {t('app:rail.inboxes')}
        </Link>
      </li>
      {inboxes.map((inbox) => (
        <li key={inbox.id} className="mt-2">
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
          <ul className="flex flex-col gap-0.5">
            {all
              .filter((each) => each.inbox === inbox)
              .map((each) => (
                <li key={each.topic}>
                  <TopicLink hit={each} />
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

interface TopicLinkProps {
  hit: Findable;
  isWithInbox?: boolean;
  onGo?(): void;
}

function TopicLink({ hit: { inbox, topic, title }, isWithInbox = false, onGo }: TopicLinkProps) {
  const Icon = topicIcons[topic];
  return (
    <Link
      to="/settings/inboxes/$inboxId/$topic"
      params={{ inboxId: inbox.id, topic }}
      onClick={onGo}
      className={wayClasses}
    >
      <Icon aria-hidden="true" />
      <span className="min-w-0">
        <span className="block truncate">{title}</span>
        {isWithInbox && <span className="block truncate text-faint text-xs">{inbox.name}</span>}
      </span>
    </Link>
  );
}

/** All that one may see of the inboxes' settings. */
function useFindable(): Findable[] {
  const { t } = useTranslation('settings');
  const { may } = useSession();
  const inboxes = useStore((store) => store.entities.inboxes.all());
  return inboxes.flatMap((inbox) =>
    topicsFor(may.changeSettings).map((topic) => ({
      inbox,
      topic,
      title: t(`topics.${topic}.title`),
      words: t(`topics.${topic}.words`),
    })),
  );
}
