import { classes } from './classes.ts';

/** Hues that are told apart beside one another, away from the green, yellow and red that mean something. */
const hues = [262, 295, 325, 355, 215, 190, 240, 40, 310, 275];

const sizes = {
  tiny: 'size-5 text-[0.5625rem]',
  small: 'size-6 text-2xs',
  medium: 'size-8 text-xs',
  large: 'size-10 text-sm',
  huge: 'size-14 text-xl',
} as const;

export interface AvatarProps {
  /** Gives the colour, the same everywhere and for ever. */
  id: string;
  /** Gives the initials; without one a figure is shown. */
  name: string | null;
  size?: keyof typeof sizes;
  /** Shows a dot: green when there, grey when not. */
  isOnline?: boolean | undefined;
}

/** Stands beside a name that is written out, so screen readers pass over it. */
export function Avatar({ id, name, size = 'medium', isOnline }: AvatarProps) {
  const hue = hues[sum(id) % hues.length] ?? 262;
  return (
    <span aria-hidden="true" className={classes('relative inline-grid shrink-0', sizes[size])}>
      <span
        className="avatar-ground inline-grid size-full select-none place-items-center rounded-full font-semibold tracking-tight"
        // Set through the CSSOM, which the policy allows.
        style={{ '--hue': hue } as React.CSSProperties}
      >
        {name ? initials(name) : <Figure />}
      </span>
      {isOnline !== undefined && (
        <span
          className={classes(
            'absolute -end-0.5 -bottom-0.5 size-2.5 rounded-full border-2 border-surface forced-color-adjust-none',
            isOnline ? 'bg-positive' : 'bg-line-strong',
          )}
        />
      )}
    </span>
  );
}

function Figure() {
  return (
    <svg viewBox="0 0 24 24" className="size-3/5 fill-current" aria-hidden="true">
      <circle cx="12" cy="8" r="4.2" />
      <path d="M3.5 20.5a8.5 8.5 0 0 1 17 0z" />
    </svg>
  );
}

/** Of the first word and the last; a mail address has one. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean);
  const isAddress = name.includes('@');
  const chosen = isAddress || words.length < 2 ? words.slice(0, 1) : [words[0], words.at(-1)];
  return chosen
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

function sum(id: string): number {
  let total = 0;
  for (const letter of id) total = (total * 31 + letter.charCodeAt(0)) >>> 0;
  return total;
}
