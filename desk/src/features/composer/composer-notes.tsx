import { MESSAGE_LIMIT } from '@deskbell/contract';
import { useTranslation } from '../../app/use-translation.ts';

/** From so many letters left the rest is counted. */
const NEAR = 1_000;

/** What one should know while writing: that it will be sent later, and how much still fits. */
export function ComposerNotes({ length, isCutOff }: { length: number; isCutOff: boolean }) {
  const { t } = useTranslation('conversation');
  const left = MESSAGE_LIMIT - length;
  return (
    <div className="flex justify-between gap-4 px-2 text-xs empty:hidden">
      {isCutOff && length > 0 && <p className="pt-1 text-notice-text">{t('composer.later')}</p>}
      {left <= NEAR && (
        <p role="status" className="ms-auto pt-1 text-muted tabular-nums">
          {left > 0 ? t('composer.left', { count: left }) : t('composer.full')}
        </p>
      )}
    </div>
  );
}
