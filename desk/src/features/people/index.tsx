import type { Agent } from '@deskbell/contract';
import { UserPlus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useStore } from '../../app/client.tsx';
import { Page } from '../../app/page.tsx';
import { useMe, useSession } from '../../app/session-context.tsx';
import { useAsked } from '../../app/use-asked.ts';
import { useAskedAnew } from '../../app/use-asked-anew.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeactivateDialog } from './deactivate-dialog.tsx';
import { InviteDialog, type Made } from './invite-dialog.tsx';
import { type Group, inOrder } from './order.ts';
import { type Pending, PendingInvitations } from './pending-invitations.tsx';
import { PeopleFilter } from './people-filter.tsx';
import { Person } from './person.tsx';
import { useChanges } from './use-changes.ts';

const CapacityDialog = lazy(() => import('./capacity-dialog.tsx'));

/** Who answers here, what each may do, and the way to bring somebody along. */
export function PeopleScreen() {
  const { t } = useTranslation('people');
  const { may } = useSession();
  const agents = useStore((store) => store.entities.agents.all());
  const isLoaded = useStore((store) => store.me !== null);
  const [isInviting, setInviting] = useState(false);
  const [renewed, setRenewed] = useState<Made | null>(null);
  const pending = useAskedAnew<{ invitations: Pending[] }>(
    may.changeSettings ? '/invitations' : null,
  );
  const mayInvite = may.inviteAs.length > 0;
  const invite = mayInvite && (
    <Button look="primary" icon={<UserPlus />} onClick={() => setInviting(true)}>
      {t('invite')}
    </Button>
  );
  return (
    <Page title={t('title')} text={t(mayInvite ? 'text' : 'textOnly')} actions={invite}>
      {isLoaded ? <Everybody agents={agents} /> : <Waiting label={t('loading')} />}
      {isLoaded && mayInvite && agents.length === 1 && (
        <EmptyState title={t('alone.title')}>{t('alone.text')}</EmptyState>
      )}
      <PendingInvitations asked={pending} onLink={setRenewed} />
      <InviteDialog
        isOpen={isInviting || renewed !== null}
        renewed={renewed}
        onClose={() => {
          setInviting(false);
          setRenewed(null);
          void pending.again();
        }}
      />
    </Page>
  );
}

function Everybody({ agents }: { agents: readonly Agent[] }) {
  const { t, i18n } = useTranslation('people');
  const { may } = useSession();
  const me = useMe();
  const { answer } = useAsked<{ lastSeen: Record<string, number> }>(
    may.seeEveryInbox ? '/agents/last-seen' : null,
  );
  const { reactivate } = useChanges();
  const [search, setSearch] = useState('');
  const [group, setGroup] = useState<Group>('active');
  const [leaving, setLeaving] = useState<Agent | null>(null);
  const [measured, setMeasured] = useState<Agent | null>(null);
  const shown = inOrder(agents, { me: me.id, language: i18n.language, group, search });
  return (
    <>
      <PeopleFilter {...{ agents, search, setSearch, group, setGroup }} />
      {shown.length > 0 ? (
        <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line">
          {shown.map((agent) => (
            <Person
              key={agent.id}
              agent={agent}
              isMe={agent.id === me.id}
              lastSeenAt={answer?.lastSeen[agent.id]}
              onDeactivate={() => setLeaving(agent)}
              onReactivate={() => void reactivate(agent)}
              onCapacity={() => setMeasured(agent)}
            />
          ))}
        </ul>
      ) : (
        <EmptyState title={t(search ? 'noneFound' : 'noneDeactivated')} />
      )}
      <DeactivateDialog agent={leaving} onClose={() => setLeaving(null)} />
      <Suspense>
        {measured && <CapacityDialog agent={measured} onClose={() => setMeasured(null)} />}
      </Suspense>
    </>
  );
}

function Waiting({ label }: { label: string }) {
  return (
    <div role="status" className="rounded-xl border border-line p-3.5">
      <span className="sr-only">{label}</span>
      {[1, 2, 3].map((row) => (
        <div key={row} className="flex items-center gap-3 py-2">
          <Skeleton className="size-8 rounded-full" />
          <div className="flex-1 space-y-1.5">
            <Skeleton className="h-3.5 w-40" />
            <Skeleton className="h-3 w-56" />
          </div>
        </div>
      ))}
    </div>
  );
}
