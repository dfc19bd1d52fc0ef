import { useTranslation } from '../../app/use-translation.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** When somebody was last there; the exact time on hover. */
export function LastSeen({ at }: { at: number | undefined }) {
  const { t, i18n } = useTranslation('people');
  if (at === undefined) return t('offline');
  return (
    <>
      <span className="sr-only">{t('lastSeen')} </span>
      <RelativeTime at={at} language={i18n.language} nowLabel={t('justNow')} />
    </>
  );
}
