export { AvailabilityChoice } from './availability-choice.tsx';
export { OfflineHint } from './offline-hint.tsx';
export { SwitchProvider, useSwitch } from './switch.tsx';
