import type { Agent } from '@deskbell/contract';
import { useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useChanges } from './use-changes.ts';

/** Asks before somebody is shut out, and says what becomes of what they have. */
export function DeactivateDialog({ agent, onClose }: { agent: Agent | null; onClose(): void }) {
  const { t } = useTranslation(['people', 'app']);
  const { deactivate } = useChanges();
  const [isBusy, setBusy] = useState(false);
  const confirm = async () => {
    if (!agent) return;
    setBusy(true);
    await deactivate(agent);
    setBusy(false);
    onClose();
  };
  return (
    <Dialog
      isOpen={agent !== null}
      onClose={onClose}
      size="small"
      title={t('deactivateTitle', { name: agent?.name ?? '' })}
      closeLabel={t('app:close')}
      actions={
        <>
          <Button onClick={onClose}>{t('keep')}</Button>
          <Button look="danger" isBusy={isBusy} onClick={() => void confirm()}>
            {t('deactivate')}
          </Button>
        </>
      }
    >
      <p className="text-muted">{t('deactivateText')}</p>
    </Dialog>
  );
}
