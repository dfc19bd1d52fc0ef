import { BellOff, BellRing, CircleCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Row } from './section.tsx';

type State = NotificationPermission | 'none';

const stateNow = (): State =>
  'Notification' in globalThis && isSecureContext ? Notification.permission : 'none';

const signs = { default: BellRing, granted: CircleCheck, denied: BellOff, none: BellOff };

/** Whether this browser shows notifications, and the way to let it. Changes elsewhere show here at once. */
export function Permission() {
  const { t } = useTranslation('notificationSettings');
  const [state, setState] = useState(stateNow);
  useEffect(() => {
    let status: PermissionStatus | undefined;
    const look = () => setState(stateNow());
    navigator.permissions?.query({ name: 'notifications' }).then(
      (found) => {
        status = found;
        found.addEventListener('change', look);
      },
      // Not all browsers can be asked; what was allowed by the button is known anyway.
      () => undefined,
    );
    return () => status?.removeEventListener('change', look);
  }, []);
  const Sign = signs[state];
  return (
    <Row>
      <Sign
        aria-hidden="true"
        className={`size-4.5 shrink-0 ${state === 'granted' ? 'text-positive-text' : 'text-faint'}`}
      />
      <p role="status" className="min-w-0 flex-1 basis-60 text-muted text-sm">
        {t(`permission.${state}`)}
      </p>
      {state === 'default' && (
        <Button
          look="primary"
          onClick={() => void Notification.requestPermission().then(() => setState(stateNow()))}
        >
          {t('permission.ask')}
        </Button>
      )}
    </Row>
  );
}
