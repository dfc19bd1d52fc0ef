import { Check, CircleAlert, LoaderCircle } from 'lucide-react';
import { useTranslation } from '../../app/use-translation.ts';
import type { InboxDraft } from './use-inbox-draft.ts';

/** Says that there is no button to press: all is kept by itself. */
export function SavedMark({ draft }: { draft: Pick<InboxDraft, 'state' | 'problem'> }) {
  const { t } = useTranslation('settings');
  const { state, problem } = draft;
  return (
    <p role="status" className="flex min-h-8 items-center gap-1.5 text-muted text-sm">
      {state === 'saving' && (
        <>
          <LoaderCircle aria-hidden="true" className="size-4" />
          {t('save.saving')}
        </>
      )}
      {state === 'saved' && (
        <>
          <Check aria-hidden="true" className="size-4 text-positive-text" />
          {t('save.saved')}
        </>
      )}
      {state === 'failed' && (
        <span className="flex items-center gap-1.5 text-danger-text">
          <CircleAlert aria-hidden="true" className="size-4 shrink-0" />
          {problem}
        </span>
      )}
    </p>
  );
}
