import type { Sighting } from '@deskbell/contract';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslation } from '../../app/use-translation.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** Where the widget was seen, and when; where it was refused, too. */
export function SightingList({ sightings }: { sightings: readonly Sighting[] }) {
  const { t, i18n } = useTranslation(['settings', 'app']);
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line">
      {sightings.map(({ origin, isRefused, seenAt }) => (
        <li key={origin} className="flex items-center gap-2.5 px-3 py-2">
          {isRefused ? (
            <CircleAlert aria-hidden="true" className="size-4 shrink-0 text-danger-text" />
          ) : (
            <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-positive-text" />
          )}
          <span className="min-w-0 flex-1 wrap-anywhere">
            {origin}
            {isRefused && (
              <span className="block text-danger-text text-sm">{t('site.refused')}</span>
            )}
          </span>
          <RelativeTime
            at={seenAt}
            language={i18n.language}
            nowLabel={t('site.now')}
            className="shrink-0 text-muted text-sm"
          />
        </li>
      ))}
    </ul>
  );
}
