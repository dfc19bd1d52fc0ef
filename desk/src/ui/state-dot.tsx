import { classes } from './classes.ts';

export type State = 'online' | 'away' | 'offline';

/** Told apart by form as well as by colour: full, half, hollow. */
const looks: Record<State, string> = {
  online: 'bg-positive',
  away: 'state-half border-[1.5px] border-notice',
  offline: 'border-[1.5px] border-faint',
};

/** Whether somebody is there. It stands beside words, or a name for screen readers does. */
export function StateDot({ state, className }: { state: State; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classes(
        'inline-block size-2.5 shrink-0 rounded-full forced-color-adjust-none',
        looks[state],
        className,
      )}
    />
  );
}
