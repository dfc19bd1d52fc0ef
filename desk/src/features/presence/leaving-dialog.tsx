import { useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** What becomes of the open conversations of who goes offline. */
export type Fate = 'keep' | 'queue';

interface LeavingDialogProps {
  count: number;
  onChoose(fate: Fate): void;
  onClosed(): void;
}

export default function LeavingDialog({ count, onChoose, onClosed }: LeavingDialogProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(true);
  const close = () => {
    setOpen(false);
    onClosed();
  };
  const choose = (fate: Fate) => {
    onChoose(fate);
    close();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      size="small"
      title={t('presence.leaving.title', { count })}
      closeLabel={t('presence.leaving.stay')}
      actions={
        <>
          <Button onClick={() => choose('keep')}>{t('presence.leaving.keep')}</Button>
          <Button look="primary" onClick={() => choose('queue')}>
            {t('presence.leaving.queue', { count })}
          </Button>
        </>
      }
    >
      <p className="text-muted">{t('presence.leaving.text', { count })}</p>
    </Dialog>
  );
}
