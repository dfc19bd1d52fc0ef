import type { Agent } from '@deskbell/contract';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../app/client.tsx';
import { Page } from '../../app/page.tsx';
import { useMe, useSession } from '../../app/session-context.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { inOrder } from './order.ts';

/** Who answers here, and the way to bring somebody along. */
export function PeopleScreen() {
  const { t, i18n } = useTranslation('people');
  const { may } = useSession();
  const me = useMe();
  const agents = useStore((store) => store.entities.agents.all());
  const online = useStore((store) => store.online);
  const isLoaded = useStore((store) => store.me !== null);
  const [isInviting, setInviting] = useState(false);
  const mayInvite = may.inviteAs.length > 0;
  const invite = mayInvite && (
    <Button look="primary" icon={<UserPlus />} onClick={() => setInviting(true)}>
      {t('invite')}
    </Button>
  );
  return (
    <Page title={t('title')} text={t(mayInvite ? 'text' : 'textOnly')} actions={invite}>
      {isLoaded ? (
        <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line">
          {inOrder(agents, me.id, i18n.language).map((agent) => (
            <Person
              key={agent.id}
              agent={agent}
              isMe={agent.id === me.id}
              isOnline={online.includes(agent.id)}
            />
          ))}
        </ul>
      ) : (
        <Waiting label={t('loading')} />
      )}
      {isLoaded && mayInvite && agents.length === 1 && (
        <EmptyState title={t('alone.title')}>{t('alone.text')}</EmptyState>
      )}
      <InviteDialog isOpen={isInviting} onClose={() => setInviting(false)} />
    </Page>
  );
}

interface PersonProps {
  agent: Agent;
  isMe: boolean;
  isOnline: boolean;
}

function Person({ agent, isMe, isOnline }: PersonProps) {
  const { t } = useTranslation(['people', 'app']);
  return (
    <li className="flex items-center gap-3 bg-surface px-3.5 py-2.5">
      <Avatar id={agent.id} name={agent.name} isOnline={isOnline} />
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-center gap-1.5">
          <span title={agent.name} className="truncate font-medium">
            {agent.name}
          </span>
          {isMe && <span className="shrink-0 text-faint text-sm">{t('you')}</span>}
        </p>
        <p title={agent.email} className="truncate text-muted text-sm">
          {agent.email}
        </p>
      </div>
      <span className="w-16 shrink-0 text-muted text-sm max-sm:sr-only">
        {t(isOnline ? 'online' : 'offline')}
      </span>
      <span className="flex shrink-0 sm:w-24">
        <Badge tone={agent.role === 'agent' ? 'neutral' : 'accent'}>
          {t(`app:roles.${agent.role}`)}
        </Badge>
      </span>
    </li>
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
