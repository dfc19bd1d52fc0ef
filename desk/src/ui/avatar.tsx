import { useState } from 'react';
import { classes } from './classes.ts';
import { type State, StateDot } from './state-dot.tsx';

/** Hues that are told apart beside one another, away from the green, yellow and red that mean something. */
const hues = [262, 295, 325, 355, 215, 190, 240, 40, 310, 275];

const sizes = {
  tiny: 'size-5 text-[0.5625rem]',
  small: 'size-6 text-2xs',
  medium: 'size-8 text-xs',
  large: 'size-10 text-sm',
  huge: 'size-14 text-xl',
  vast: 'size-20 text-2xl',
} as const;

export interface AvatarProps {
  /** Gives the colour, the same everywhere and for ever. */
  id: string;
  /** Gives the initials; without one a figure is shown. */
  name: string | null;
  /** The address of a picture, laid over the initials once it is there; where it can't be had, they stay. */
  picture?: string | null | undefined;
  size?: keyof typeof sizes;
  /** Shows a dot that says so. */
  state?: State | undefined;
  className?: string;
}

/** Stands beside a name that is written out, so screen readers pass over it. */
export function Avatar({ id, name, picture, size = 'medium', state, className }: AvatarProps) {
  // Set through the CSSOM, which the policy allows.
  const style = { '--hue': hueOf(id) } as React.CSSProperties;
  const ground =
    'avatar-ground inline-grid select-none place-items-center rounded-full font-semibold tracking-tight';
  const inside = name ? initials(name) : FIGURE;
  // Lists show hundreds, so no element more than is needed.
  if (!picture && state === undefined)
    return (
      <span
        aria-hidden="true"
        className={classes('shrink-0', ground, sizes[size], className)}
        style={style}
      >
        {inside}
      </span>
    );
  return (
    <span
      aria-hidden="true"
      className={classes('relative inline-grid shrink-0', sizes[size], className)}
    >
      <span className={classes('size-full', ground)} style={style}>
        {inside}
      </span>
      {picture && <Photo key={picture} src={picture} />}
      {state !== undefined && (
        <span
          className={classes(
            'absolute -end-0.5 -bottom-0.5 grid place-items-center rounded-full bg-surface forced-color-adjust-none',
            size === 'tiny' || size === 'small' ? 'p-px' : 'p-0.5',
          )}
        >
          <StateDot state={state} className={size === 'tiny' ? 'size-1.5' : 'size-2'} />
        </span>
      )}
    </span>
  );
}

function Photo({ src }: { src: string }) {
  const [isMissing, setMissing] = useState(false);
  if (isMissing) return null;
  return (
    <img
      src={src}
      alt=""
      decoding="async"
      draggable={false}
      onError={() => setMissing(true)}
      className="absolute inset-0 size-full rounded-full object-cover"
    />
  );
}

const FIGURE = (
  <svg viewBox="0 0 24 24" className="size-3/5 fill-current" aria-hidden="true">
    <path d="M12 3.8a4.2 4.2 0 1 1 0 8.4a4.2 4.2 0 0 1 0-8.4zM3.5 20.5a8.5 8.5 0 0 1 17 0z" />
  </svg>
);

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

/** The same everywhere and for ever. */
export const hueOf = (id: string): number => hues[sum(id) % hues.length] ?? 262;

function sum(id: string): number {
  let total = 0;
  for (const letter of id) total = (total * 31 + letter.charCodeAt(0)) >>> 0;
  return total;
}
