import { useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { useSwitch } from '../presence/index.ts';

interface OfflineOfferProps {
  button: React.RefObject<HTMLButtonElement | null>;
  /** Something is written that would be sent. */
  hasText: boolean;
  onOnline(): void;
}

/** an offline agent doesn't answer; here they go online, and what they wrote is sent. */
export function OfflineOffer({ button, hasText, onOnline }: OfflineOfferProps) {
  const { t } = useTranslation(['conversation', 'app']);
  const { turn } = useSwitch();
  const [isBusy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    const isDone = await turn('online');
    setBusy(false);
    if (isDone) onOnline();
  };
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 rounded-t-xl border-notice-line border-b bg-notice-soft px-3.5 py-1.5 text-notice-text text-sm">
      <p role="status" className="min-w-0 flex-1">
        {t('composer.offline')}
      </p>
      <Button ref={button} size="small" look="positive" isBusy={isBusy} onClick={() => void go()}>
        {t(hasText ? 'composer.goOnlineAndSend' : 'app:presence.goOnline')}
      </Button>
    </div>
  );
}
