import { type Inbox, signOn } from '@deskbell/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight, Globe, Plus } from 'lucide-react';
import { useState } from 'react';
import { useStore } from '../../app/client.tsx';
import { Page } from '../../app/page.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { NewInbox } from './new-inbox.tsx';
import type { Topic } from './topic.ts';

/** The places where conversations arrive: how they look, who serves them, how they get onto a page. */
export function InboxesScreen() {
  const { t } = useTranslation('settings');
  const { may } = useSession();
  const inboxes = useStore((store) => store.entities.inboxes.all());
  const isLoaded = useStore((store) => store.me !== null);
  const navigate = useNavigate();
  const [isCreating, setCreating] = useState(false);
  const create = may.changeSettings && (
    <Button look="primary" icon={<Plus />} onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  );
  return (
    <Page title={t('title')} text={t(may.changeSettings ? 'text' : 'textOnly')} actions={create}>
      {!isLoaded && (
        <div role="status" className="space-y-3">
          <span className="sr-only">{t('loading')}</span>
          <Skeleton className="h-16 rounded-xl" />
          <Skeleton className="h-16 rounded-xl" />
        </div>
      )}
      {isLoaded && inboxes.length === 0 && (
        <EmptyState title={t('none.title')}>
          {t(may.changeSettings ? 'none.text' : 'none.textOnly')}
        </EmptyState>
      )}
      <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line empty:hidden">
        {inboxes.map((inbox) => (
          <li key={inbox.id}>
            <InboxRow inbox={inbox} topic={may.changeSettings ? 'look' : 'members'} />
          </li>
        ))}
      </ul>
      <NewInbox
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        onMade={(inboxId) =>
          void navigate({
            to: '/settings/inboxes/$inboxId/$topic',
            params: { inboxId, topic: 'look' },
          })
        }
      />
    </Page>
  );
}

function InboxRow({ inbox, topic }: { inbox: Inbox; topic: Topic }) {
  const { t } = useTranslation('settings');
  const teams = useStore((store) => store.entities.teams);
  const throughTeams = inbox.teamIds.flatMap((id) => teams.get(id)?.memberIds ?? []);
  const count = new Set([...inbox.memberIds, ...throughTeams]).size;
  return (
    <Link
      to="/settings/inboxes/$inboxId/$topic"
      params={{ inboxId: inbox.id, topic }}
      className="flex w-full items-center gap-3 px-4 py-3 -outline-offset-2 hover:bg-hover"
    >
      <span
        aria-hidden="true"
        className="grid size-9 shrink-0 place-items-center rounded-lg"
        style={{ backgroundColor: inbox.color, color: signOn(inbox.color) }}
      >
        <Globe className="size-4.5" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{inbox.name}</span>
        <span className="block text-muted text-sm">{t('summary', { count })}</span>
      </span>
      <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-faint rtl:-scale-x-100" />
    </Link>
  );
}
