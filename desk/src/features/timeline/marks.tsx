import { useTranslation } from '../../app/use-translation.ts';
import { useNow } from '../../ui/clock.ts';
import { dayName, daysAgo } from '../../ui/relative-time.ts';

/** The day of what follows. */
export function DayMark({ at }: { at: number }) {
  const day = useDayName(at);
  return (
    <div className="mx-auto flex max-w-200 items-center gap-3 px-4 pt-5 pb-2">
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
      <h2 className="font-medium text-muted text-xs">{day}</h2>
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
    </div>
  );
}

/** Where the unread begins. */
export function NewMark() {
  const { t } = useTranslation('conversation');
  return (
    <div className="mx-auto flex max-w-200 items-center gap-3 px-4 pt-3 pb-1">
      <span aria-hidden="true" className="h-px flex-1 bg-accent-line" />
      <h2 className="font-semibold text-accent-text text-xs">{t('newLine')}</h2>
      <span aria-hidden="true" className="h-px flex-1 bg-accent-line" />
    </div>
  );
}

export function useDayName(at: number): string {
  const { t, i18n } = useTranslation('conversation');
  const now = useNow();
  const days = daysAgo(at, now);
  if (days === 0) return t('today');
  return days === 1 ? t('yesterday') : dayName(at, now, i18n.language);
}
