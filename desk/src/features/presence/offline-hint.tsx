import { useStore } from '../../app/client.tsx';
import { useKeysOf } from '../../app/shortcuts.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useSwitch } from './switch.tsx';

/** Above the lists of an offline agent: that nothing reaches them, who waits meanwhile, and the way back. */
export function OfflineHint() {
  const { t } = useTranslation();
  const keysOf = useKeysOf();
  const { availability, turn } = useSwitch();
  const waiting = useStore((store) => store.counts?.queue ?? 0);
  if (availability !== 'offline') return null;
  return (
    <div
      role="status"
      className="flex items-center gap-3 border-notice-line border-b bg-notice-soft px-4 py-2 text-notice-text text-sm"
    >
      <p className="min-w-0 flex-1">
        <span className="font-medium">{t('presence.hint.title')}</span>{' '}
        {waiting > 0 ? t('presence.hint.waiting', { count: waiting }) : t('presence.hint.text')}
      </p>
      <Tooltip label={t('presence.goOnline')} shortcut={keysOf('goOnline')}>
        <Button size="small" look="positive" onClick={() => void turn('online')}>
          {t('presence.goOnline')}
        </Button>
      </Tooltip>
    </div>
  );
}
