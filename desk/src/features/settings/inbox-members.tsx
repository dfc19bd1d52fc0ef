import type { Inbox, Team } from '@deskbell/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useClient, useStore } from '../../app/client.tsx';
import { useSwitched } from '../../app/use-switched.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Switch } from '../../ui/switch.tsx';
import { AgentName, AgentSwitches } from '../teams/agent-switches.tsx';

interface InboxMembersProps {
  inbox: Inbox;
  mayChange: boolean;
}

/** Who serves the inbox: whole teams, and people by themselves. */
export function InboxMembers({ inbox, mayChange }: InboxMembersProps) {
  const { t } = useTranslation('settings');
  const client = useClient();
  return (
    <>
      <Part title={t('members.teams')} text={t('members.teamsText')}>
        <ServingTeams inbox={inbox} mayChange={mayChange} />
      </Part>
      <Part title={t('members.people')} text={t('members.peopleText')}>
        {mayChange ? (
          <AgentSwitches
            memberIds={inbox.memberIds}
            failed={t('members.failed', { name: inbox.name })}
            send={(agentId, isOn) =>
              client.send(isOn ? 'inbox.add-member' : 'inbox.remove-member', {
                inboxId: inbox.id,
                agentId,
              })
            }
          />
        ) : (
          <Members inbox={inbox} />
        )}
      </Part>
    </>
  );
}

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="font-semibold">{title}</h2>
      <p className="mb-2 text-muted text-sm">{text}</p>
      {children}
    </section>
  );
}

function Members({ inbox }: { inbox: Inbox }) {
  const agents = useStore((store) => store.entities.agents.all());
  return (
    <ul className="grid gap-x-8 sm:grid-cols-2">
      {agents
        .filter((agent) => agent.isActive && inbox.memberIds.includes(agent.id))
        .map((agent) => (
          <li key={agent.id} className="min-w-0 py-1.5">
            <AgentName agent={agent} />
          </li>
        ))}
    </ul>
  );
}

function ServingTeams({ inbox, mayChange }: InboxMembersProps) {
  const { t } = useTranslation(['settings', 'teams']);
  const client = useClient();
  const teams = useStore((store) => store.entities.teams.all());
  const { isOn, change } = useSwitched({
    isOn: (id: Team['id']) => inbox.teamIds.includes(id),
    send: (teamId, next) =>
      client.send(next ? 'inbox.add-team' : 'inbox.remove-team', { inboxId: inbox.id, teamId }),
    failed: t('members.failed', { name: inbox.name }),
  });
  const shown = teams.filter(({ id }) => mayChange || isOn(id));
  if (shown.length === 0)
    return (
      <p className="text-sm">
        {t('members.noTeams')}{' '}
        {mayChange && (
          <Link to="/settings/teams" className="text-accent-text underline">
            {t('members.toTeams')}
          </Link>
        )}
      </p>
    );
  return (
    <ul className="grid gap-x-8 sm:grid-cols-2">
      {shown.map((team) => {
        const label = (
          <span className="flex min-w-0 items-baseline gap-2">
            <span title={team.name} className="min-w-0 truncate">
              {team.name}
            </span>
            <span className="shrink-0 text-faint text-sm">
              {t('teams:count', { count: team.memberIds.length })}
            </span>
          </span>
        );
        return (
          <li key={team.id} className="min-w-0 py-1.5">
            {mayChange ? (
              <Switch
                label={label}
                isOn={isOn(team.id)}
                onChange={(next) => void change(team.id, next)}
              />
            ) : (
              label
            )}
          </li>
        );
      })}
    </ul>
  );
}
