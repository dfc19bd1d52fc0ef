import type { Agent, Board } from '@deskbell/contract';
import { MessageCircleWarning } from 'lucide-react';
import { AgentAvatar } from '../../app/agent-avatar.tsx';
import { stateOf } from '../../app/agent-state.ts';
import { useStore } from '../../app/client.tsx';
import { isolated } from '../../app/isolated.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import { useNow } from '../../ui/clock.ts';
import { daysAgo, duration, exactTime, shortTime, timeOfDay } from '../../ui/relative-time.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { loadOf, shelves } from './load.ts';

/** Who is there since when, and how much each has to do. */
export function Agents({ board }: { board: Board | null }) {
  const { t, i18n } = useTranslation('board');
  const agents = useStore((store) => store.entities.agents.all());
  const { shown, offline } = shelves(agents, board, i18n.language);
  return (
    <section aria-label={t('agents')} className="flex flex-col gap-[clamp(0.75rem,1.2cqw,1.5rem)]">
      <h2 className="font-semibold text-[clamp(1rem,1.5cqw,1.75rem)] leading-tight">
        {t('agents')}
      </h2>
      {shown.length > 0 ? (
        <ul className="grid gap-[clamp(0.5rem,1cqw,1.25rem)] @2xl:grid-cols-2 @6xl:grid-cols-3">
          {shown.map((agent) => (
            <Row key={agent.id} agent={agent} board={board} />
          ))}
        </ul>
      ) : (
        <p className="text-[clamp(0.875rem,1.25cqw,1.5rem)] text-muted">{t('nobodyThere')}</p>
      )}
      {offline.length > 0 && (
        <p className="wrap-anywhere text-[clamp(0.8125rem,1.05cqw,1.25rem)] text-muted leading-normal">
          {t('offline', {
            names: new Intl.ListFormat(i18n.language).format(
              offline.map(({ name }) => isolated(name)),
            ),
          })}
        </p>
      )}
    </section>
  );
}

function Row({ agent, board }: { agent: Agent; board: Board | null }) {
  const { t } = useTranslation('board');
  const usual = useStore((store) => store.entities.workspaces.all()[0]?.settings.capacity);
  const limit = agent.capacity ?? usual;
  const { open, pending, unanswered } = loadOf(board, agent.id);
  return (
    <li className="flex min-w-0 items-start gap-[clamp(0.75rem,1.1cqw,1.5rem)] rounded-xl border border-line px-[clamp(0.75rem,1.2cqw,1.5rem)] py-[clamp(0.625rem,1cqw,1.25rem)]">
      <AgentAvatar agentId={agent.id} name={agent.name} size="large" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex min-w-0 items-baseline gap-3">
          <span
            title={agent.name}
            className="min-w-0 flex-1 truncate font-medium text-[clamp(0.9375rem,1.35cqw,1.625rem)] leading-snug"
          >
            {agent.name}
          </span>
          {board ? (
            <span className="shrink-0 whitespace-nowrap text-[clamp(0.875rem,1.25cqw,1.5rem)] text-muted tabular-nums leading-snug">
              <strong className="font-semibold text-ink">{open}</strong>
              {limit !== undefined && ` ${t('of', { limit })}`}
            </span>
          ) : (
            <Skeleton className="h-4 w-10" />
          )}
        </div>
        <LoadBar open={open} limit={limit} />
        <div className="flex flex-wrap items-center gap-x-3 text-[clamp(0.75rem,1cqw,1.125rem)] text-muted leading-snug">
          <Presence agent={agent} />
          {pending > 0 && <span>{t('pending', { count: pending })}</span>}
          {unanswered > 0 && (
            <span className="inline-flex items-center gap-1 font-medium text-notice-text">
              <MessageCircleWarning aria-hidden="true" className="size-[1.1em]" />
              {t('unanswered', { count: unanswered })}
            </span>
          )}
        </div>
      </div>
    </li>
  );
}

/** How full they are; more than full only by force. Read out by the numbers beside it. */
function LoadBar({ open, limit }: { open: number; limit: number | undefined }) {
  const share = limit === undefined ? 0 : open / limit;
  return (
    <div
      aria-hidden="true"
      className="h-[clamp(0.3125rem,0.5cqw,0.625rem)] overflow-hidden rounded-full bg-pressed forced-color-adjust-none"
    >
      <div
        className={classes('h-full rounded-full transition-[width]', colorOf(share))}
        style={{ width: `${Math.min(1, share) * 100}%` }}
      />
    </div>
  );
}

function colorOf(share: number): string {
  if (share > 1) return 'bg-danger';
  return share === 1 ? 'bg-notice' : 'bg-accent';
}

function Presence({ agent }: { agent: Agent }) {
  const { availabilityAt } = agent;
  const { t, i18n } = useTranslation('board');
  const { t: tApp } = useTranslation();
  const now = useNow();
  const state = tApp(`presence.states.${stateOf(agent)}`);
  if (availabilityAt === null) return <span>{state}</span>;
  const at =
    daysAgo(availabilityAt, now) === 0
      ? timeOfDay(availabilityAt, i18n.language)
      : shortTime(availabilityAt, i18n.language);
  const length = duration(Math.max(0, now - availabilityAt), i18n.language);
  return (
    <span title={exactTime(availabilityAt, i18n.language)}>
      {t('since', { state, at, length })}
    </span>
  );
}
