import type { InboxId } from '@deskbell/contract';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../app/client.tsx';
import { Page } from '../../app/page.tsx';
import { useSession } from '../../app/session-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { InboxCard } from './inbox-card.tsx';
import { NewInbox } from './new-inbox.tsx';

/** The places where conversations arrive: how they look, who serves them, how they get onto a page. */
export function InboxesScreen() {
  const { t } = useTranslation('settings');
  const { may } = useSession();
  const inboxes = useStore((store) => store.entities.inboxes.all());
  const isLoaded = useStore((store) => store.me !== null);
  const [openId, setOpenId] = useState<InboxId | null>(null);
  const [isCreating, setCreating] = useState(false);
  const create = may.changeSettings && (
    <Button look="primary" icon={<Plus />} onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  );
  const shownId = openId ?? (inboxes.length === 1 ? inboxes[0]?.id : null);
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
      <div className="flex flex-col gap-3">
        {inboxes.map((inbox) => (
          <InboxCard
            key={inbox.id}
            inbox={inbox}
            isOpen={inbox.id === shownId}
            onToggle={() => setOpenId(inbox.id === openId ? null : inbox.id)}
          />
        ))}
      </div>
      <NewInbox isOpen={isCreating} onClose={() => setCreating(false)} onMade={setOpenId} />
    </Page>
  );
}
