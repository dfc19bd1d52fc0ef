import { hueOf, initials } from './avatar.tsx';
import { classes } from './classes.ts';

const sizes = {
  tiny: 'size-5 rounded-sm text-[0.5625rem]',
  small: 'size-6 rounded-md text-2xs',
  medium: 'size-8 rounded-lg text-xs',
} as const;

/** What stands for an organisation: its initials on a square of a colour of its own. People are round. */
export function Mark({
  id,
  name,
  size = 'small',
}: {
  id: string;
  name: string;
  size?: keyof typeof sizes;
}) {
  return (
    <span
      aria-hidden="true"
      className={classes(
        'avatar-ground inline-grid shrink-0 select-none place-items-center font-semibold tracking-tight',
        sizes[size],
      )}
      // Set through the CSSOM, which the policy allows.
      style={{ '--hue': hueOf(id) } as React.CSSProperties}
    >
      {initials(name)}
    </span>
  );
}
