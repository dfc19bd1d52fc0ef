import type { Agent } from '@deskbell/contract';
import { stateOf } from '../../app/agent-state.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { LastSeen } from './last-seen.tsx';

interface StandingProps {
  agent: Agent;
  /** Undefined: not known, or not to be told. */
  lastSeenAt: number | undefined;
}

/** What their switch says and since when; of who is offline, when they were last active. */
export function Standing({ agent, lastSeenAt }: StandingProps) {
  const { t, i18n } = useTranslation(['people', 'app']);
  const { isActive, availability, availabilityAt } = agent;
  const isSeen = availability === 'offline' && lastSeenAt !== undefined;
  return (
    <>
      {isActive && (
        <span className={availability === 'offline' ? 'block' : 'block text-ink'}>
          {t(`app:presence.states.${stateOf(agent)}`)}
        </span>
      )}
      {(isSeen || !isActive) && (
        <span className="block text-faint text-xs">
          <LastSeen at={lastSeenAt} />
        </span>
      )}
      {isActive && !isSeen && availabilityAt !== null && (
        <span className="block text-faint text-xs">
          <span className="sr-only">{t('since')} </span>
          <RelativeTime at={availabilityAt} language={i18n.language} nowLabel={t('justNow')} />
        </span>
      )}
    </>
  );
}
