import type { Availability } from '@deskbell/contract';
import { stateOf } from '../../app/agent-state.ts';
import { type Shortcut, useKeysOf } from '../../app/shortcuts.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { MenuChoice } from '../../ui/menu.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { useSwitch } from './switch.tsx';

const shortcutOf = {
  online: 'goOnline',
  away: 'goAway',
  offline: 'goOffline',
} as const satisfies Record<Availability, Shortcut>;
const positions = Object.keys(shortcutOf) as Availability[];

/** The three positions of the switch, in the profile menu. */
export function AvailabilityChoice() {
  const { t } = useTranslation();
  const keysOf = useKeysOf();
  const { availability, isIdle, turn } = useSwitch();
  return (
    <MenuChoice
      label={t('presence.label')}
      value={availability ?? 'offline'}
      onChange={(to) => void turn(to)}
      closesOnClick
      options={positions.map((value) => ({
        value,
        label: t(
          `presence.states.${stateOf({ availability: value, isIdle: isIdle && value === 'away' })}`,
        ),
        icon: <StateDot state={value} />,
        shortcut: keysOf(shortcutOf[value]),
      }))}
    />
  );
}
