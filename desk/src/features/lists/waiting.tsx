import type { ReactNode } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import { useNow } from '../../ui/clock.ts';
import { duration, exactTime } from '../../ui/relative-time.ts';

/** From here on, in ms, a wait is pointed out. */
const LONG_MS = 5 * 60_000;

interface WaitingProps {
  since: number;
  icon?: ReactNode;
  /** Without the word, where others need the room. */
  isBrief?: boolean;
}

/** How long a contact has been waiting for an answer; nothing within the first minute. */
export function Waiting({ since, icon, isBrief = false }: WaitingProps) {
  const { t, i18n } = useTranslation('lists');
  const waited = useNow() - since;
  if (waited < 60_000) return null;
  const time = duration(waited, i18n.language);
  const exact = t('card.waitingLong', { time: exactTime(since, i18n.language) });
  return (
    <span
      title={exact}
      className={classes(
        'inline-flex shrink-0 items-center gap-1 tabular-nums [&_svg]:size-3.5',
        waited >= LONG_MS ? 'font-medium text-notice-text' : 'text-muted',
      )}
    >
      {icon}
      {isBrief && <span aria-hidden="true">{time}</span>}
      <span className={isBrief ? 'sr-only' : undefined}>{t('card.waiting', { time })}</span>
    </span>
  );
}
