import { type Agent, sightOf } from '@deskbell/contract';
import { EllipsisVertical, Gauge, LogOut, UserCheck, UserX } from 'lucide-react';
import type { ReactNode } from 'react';
import { AgentAvatar } from '../../app/agent-avatar.tsx';
import { useStore } from '../../app/client.tsx';
import { isolated } from '../../app/isolated.ts';
import { useSession } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { RoleChoice } from './role-choice.tsx';
import { Standing } from './standing.tsx';
import { useChanges } from './use-changes.ts';

interface PersonProps {
  agent: Agent;
  isMe: boolean;
  /** Undefined: not known, or not to be told. */
  lastSeenAt: number | undefined;
  onDeactivate(): void;
  onReactivate(): void;
  onCapacity(): void;
}

/** One agent: who they are, what they serve, when they were last there, and what may be changed. */
export function Person(props: PersonProps) {
  const { agent, isMe, lastSeenAt } = props;
  const { t } = useTranslation('people');
  const { may } = useSession();
  const mayManage = may.inviteAs.includes(agent.role);
  return (
    <li className="flex items-center gap-3 bg-surface px-3.5 py-2.5">
      <AgentAvatar agentId={agent.id} name={agent.name} />
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
      <span className="w-24 shrink-0 text-end text-muted text-sm max-sm:sr-only">
        <Standing agent={agent} lastSeenAt={lastSeenAt} />
      </span>
      <span className="flex shrink-0 justify-end sm:w-32">
        <RoleChoice agent={agent} isOpen={mayManage && agent.isActive} />
      </span>
      {may.changeSettings && (
        <span className="size-8 pointer-coarse:size-11 shrink-0">
          <Actions {...props} mayManage={mayManage && !isMe} />
        </span>
      )}
    </li>
  );
}

/** The inboxes they serve, by themselves or through a team, by name. */
function Serves({ agent }: { agent: Agent }): ReactNode {
  const { t } = useTranslation('people');
  const inboxes = useStore((store) => store.entities.inboxes.all());
  const teams = useStore((store) => store.entities.teams.all());
  const { servedInboxIds } = sightOf(agent, { inboxes, teams });
  const names = inboxes.filter(({ id }) => servedInboxIds.has(id));
  const atMost =
    agent.capacity === null ? '' : ` · ${t('capacity.atMost', { count: agent.capacity })}`;
  if (names.length === 0) return <p className="text-faint text-sm">{t('servesNone') + atMost}</p>;
  const text = names.map(({ name }) => isolated(name)).join(', ');
  return (
    <p title={text} className="truncate text-faint text-sm">
      {t('serves', { inboxes: text }) + atMost}
    </p>
  );
}

function Actions({ mayManage, ...props }: PersonProps & { mayManage: boolean }) {
  const { agent, onDeactivate, onReactivate, onCapacity } = props;
  const { t } = useTranslation('people');
  const { signOut } = useChanges();
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={t('actions', { name: agent.name })} icon={<EllipsisVertical />} />
      }
    >
      <MenuItem icon={<Gauge />} onSelect={onCapacity}>
        {t('capacity.change')}
      </MenuItem>
      {mayManage && agent.isActive && (
        <MenuItem icon={<LogOut />} onSelect={() => void signOut(agent)}>
          {t('signOut')}
        </MenuItem>
      )}
      {mayManage && agent.isActive && (
        <MenuItem icon={<UserX />} isDangerous onSelect={onDeactivate}>
          {t('deactivate')}
        </MenuItem>
      )}
      {mayManage && !agent.isActive && (
        <MenuItem icon={<UserCheck />} onSelect={onReactivate}>
          {t('reactivate')}
        </MenuItem>
      )}
    </Menu>
  );
}
