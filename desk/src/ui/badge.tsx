import type { ReactNode } from 'react';
import { classes } from './classes.ts';

const tones = {
  neutral: 'bg-hover text-muted',
  accent: 'bg-accent-soft text-accent-text',
  positive: 'bg-positive-soft text-positive-text',
  notice: 'bg-notice-soft text-notice-text',
  danger: 'bg-danger-soft text-danger-text',
  solid: 'bg-accent text-on-accent',
} as const;

export interface BadgeProps {
  tone?: keyof typeof tones;
  children: ReactNode;
  className?: string;
}

/** A word or a number on a soft ground. */
export function Badge({ tone = 'neutral', children, className }: BadgeProps) {
  return (
    <span
      className={classes(
        'inline-flex h-5 min-w-5 shrink-0 items-center justify-center gap-1 whitespace-nowrap rounded-full px-1.5 font-medium text-2xs tabular-nums',
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
