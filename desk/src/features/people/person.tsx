import type { Agent } from '@deskbell/contract';
import { EllipsisVertical, LogOut, UserCheck, UserX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../app/client.tsx';
import { useSession } from '../../app/session-context.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { LastSeen } from './last-seen.tsx';
import { RoleChoice } from './role-choice.tsx';
import { useChanges } from './use-changes.ts';

interface PersonProps {
  agent: Agent;
  isMe: boolean;
  isOnline: boolean;
  /** Undefined: not known, or not to be told. */
  lastSeenAt: number | undefined;
  onDeactivate(): void;
  onReactivate(): void;
}

/** One agent: who they are, what they serve, when they were last there, and what may be changed. */
export function Person(props: PersonProps) {
  const { agent, isMe, isOnline, lastSeenAt } = props;
  const { t } = useTranslation('people');
  const { may } = useSession();
  const mayManage = may.inviteAs.includes(agent.role);
  return (
    <li className="flex items-center gap-3 bg-surface px-3.5 py-2.5">
      <Avatar id={agent.id} name={agent.name} isOnline={agent.isActive ? isOnline : undefined} />
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
        <Serves agent={agent} />
      </div>
      <span className="w-24 shrink-0 text-right text-muted text-sm max-sm:sr-only">
        {agent.isActive && isOnline ? t('online') : <LastSeen at={lastSeenAt} />}
      </span>
      <span className="flex shrink-0 justify-end sm:w-32">
        <RoleChoice agent={agent} isOpen={mayManage && agent.isActive} />
      </span>
      {may.changeSettings && (
        <span className="size-8 shrink-0">{mayManage && !isMe && <Actions {...props} />}</span>
      )}
    </li>
  );
}

/** The inboxes they serve, by name. */
function Serves({ agent }: { agent: Agent }): ReactNode {
  const { t } = useTranslation('people');
  const inboxes = useStore((store) => store.entities.inboxes.all());
  const names = inboxes.filter(({ memberIds }) => memberIds.includes(agent.id));
  if (names.length === 0) return <p className="text-faint text-sm">{t('servesNone')}</p>;
  const text = names.map(({ name }) => name).join(', ');
  return (
    <p title={text} className="truncate text-faint text-sm">
      {t('serves', { inboxes: text })}
    </p>
  );
}

function Actions({ agent, onDeactivate, onReactivate }: PersonProps) {
  const { t } = useTranslation('people');
  const { signOut } = useChanges();
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={t('actions', { name: agent.name })} icon={<EllipsisVertical />} />
      }
    >
      {agent.isActive && (
        <MenuItem icon={<LogOut />} onSelect={() => void signOut(agent)}>
          {t('signOut')}
        </MenuItem>
      )}
      {agent.isActive ? (
        <MenuItem icon={<UserX />} isDangerous onSelect={onDeactivate}>
          {t('deactivate')}
        </MenuItem>
      ) : (
        <MenuItem icon={<UserCheck />} onSelect={onReactivate}>
          {t('reactivate')}
        </MenuItem>
      )}
    </Menu>
  );
}
