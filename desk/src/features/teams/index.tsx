import type { Team, TeamId } from '@deskbell/contract';
import { ChevronRight, Plus, UsersRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { AgentAvatar } from '../../app/agent-avatar.tsx';
import { useStore } from '../../app/client.tsx';
import { isolated } from '../../app/isolated.ts';
import { Page } from '../../app/page.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TeamDialog, type TeamStep } from './team-dialog.tsx';

/** The teams, who is in each and which inboxes it serves. */
export function TeamsScreen() {
  const { t, i18n } = useTranslation('teams');
  const { may } = useSession();
  const teams = useStore((store) => store.entities.teams.all());
  const isLoaded = useStore((store) => store.me !== null);
  const [step, setStep] = useState<TeamStep | null>(null);
  const { compare } = new Intl.Collator(i18n.language);
  const create = may.changeSettings && (
    <Button look="primary" icon={<Plus />} onClick={() => setStep({ is: 'new' })}>
      {t('create')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      text={t(may.changeSettings ? 'text' : 'textOnly')}
      actions={isLoaded && create}
    >
      {!isLoaded && <Waiting />}
      {isLoaded && teams.length === 0 && (
        <EmptyState icon={<UsersRound />} title={t('none.title')}>
          {t(may.changeSettings ? 'none.text' : 'none.textOnly')}
        </EmptyState>
      )}
      <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line empty:hidden">
        {teams
          .toSorted((left, right) => compare(left.name, right.name))
          .map((team) => (
            <TeamRow
              key={team.id}
              team={team}
              onOpen={may.changeSettings ? (id) => setStep({ is: 'edit', id }) : null}
            />
          ))}
      </ul>
      <TeamDialog step={step} onStep={setStep} />
    </Page>
  );
}

function TeamRow({ team, onOpen }: { team: Team; onOpen: ((id: TeamId) => void) | null }) {
  const { t } = useTranslation('teams');
  const inboxes = useStore((store) => store.entities.inboxes.all());
  const served = inboxes.filter(({ teamIds }) => teamIds.includes(team.id));
  const names = served.map(({ name }) => isolated(name)).join(', ');
  const content = (
    <>
      <span
        aria-hidden="true"
        className="grid size-9 shrink-0 place-items-center rounded-lg bg-hover text-muted"
      >
        <UsersRound className="size-4.5" />
      </span>
      <span className="min-w-0 flex-1">
        <span title={team.name} className="block truncate font-medium">
          {team.name}
        </span>
        <span title={names} className="block truncate text-muted text-sm">
          {t('count', { count: team.memberIds.length })}
          {' · '}
          {names === '' ? t('servesNone') : t('serves', { inboxes: names })}
        </span>
      </span>
      <Faces team={team} />
    </>
  );
  const classes = 'flex w-full items-center gap-3 bg-surface px-4 py-3 text-start';
  return (
    <li>
      {onOpen ? (
        <button
          type="button"
          onClick={() => onOpen(team.id)}
          className={`${classes} -outline-offset-2 hover:bg-hover`}
        >
          {content}
          <ChevronRight
            aria-hidden="true"
            className="size-4 shrink-0 text-faint rtl:-scale-x-100"
          />
        </button>
      ) : (
        <div className={classes}>{content}</div>
      )}
    </li>
  );
}

const FACES = 5;

/** The first of its members; how many there are stands in words beside. */
function Faces({ team }: { team: Team }): ReactNode {
  const agents = useStore((store) => store.entities.agents);
  const members = team.memberIds.flatMap((id) => agents.get(id) ?? []);
  return (
    <span
      aria-hidden="true"
      className="flex shrink-0 -space-x-1.5 max-sm:hidden rtl:space-x-reverse"
    >
      {members.slice(0, FACES).map(({ id, name }) => (
        <span key={id} title={name} className="rounded-full ring-2 ring-surface">
          <AgentAvatar agentId={id} name={name} size="small" isStateHidden />
        </span>
      ))}
      {members.length > FACES && (
        <span className="grid size-6 place-items-center rounded-full bg-hover text-2xs text-muted ring-2 ring-surface">
          +{members.length - FACES}
        </span>
      )}
    </span>
  );
}

function Waiting() {
  const { t } = useTranslation('teams');
  return (
    <div role="status" className="space-y-3">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="h-15 rounded-xl" />
      <Skeleton className="h-15 rounded-xl" />
    </div>
  );
}
