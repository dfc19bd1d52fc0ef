import { classes } from './classes.ts';

export interface ProgressProps {
  /** What goes on. */
  label: string;
  /** From 0 to 1; without, it is not known how long it takes. */
  value?: number;
  className?: string;
}

/** A thin line. */
export function Progress({ label, value, className }: ProgressProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      {...(value !== undefined && {
        'aria-valuenow': Math.round(value * 100),
        'aria-valuemin': 0,
        'aria-valuemax': 100,
      })}
      className={classes(
        'h-0.5 overflow-hidden rounded-full bg-pressed text-accent-text',
        className,
      )}
    >
      <div
        className={classes(
          'h-full',
          value === undefined ? 'busy-stripes' : 'bg-accent transition-[width]',
        )}
        style={value === undefined ? undefined : { width: `${value * 100}%` }}
      />
    </div>
  );
}
