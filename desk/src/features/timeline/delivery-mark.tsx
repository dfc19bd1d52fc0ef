import { Check, CheckCheck, CircleAlert, Clock3 } from 'lucide-react';
import { useTranslation } from '../../app/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import type { Delivery } from './delivery.ts';

const icons = {
  sending: Clock3,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  failed: CircleAlert,
  expired: CircleAlert,
} as const;

/** How far a message has come: clock, one tick, two ticks, two coloured ticks. */
export function DeliveryMark({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('conversation');
  const Icon = icons[delivery];
  const label = t(`delivery.${delivery}`);
  return (
    <span title={label} data-delivery={delivery} className="inline-flex shrink-0">
      <Icon
        aria-hidden="true"
        className={classes(
          'size-3.5',
          delivery === 'read' && 'text-accent-text',
          (delivery === 'failed' || delivery === 'expired') && 'text-danger-text',
        )}
      />
      <span className="sr-only">{label}</span>
    </span>
  );
}
