import { cloneElement, type ReactElement } from 'react';

export interface TooltipProps {
  label: string;
  shortcut?: string | undefined;
  side?: 'top' | 'inline-end' | 'bottom' | undefined;
  /** What it explains; it must be named without the tooltip too, because touch has none. Hands `data-…` on to its element. */
  children: ReactElement<{ [attribute: `data-${string}`]: string | undefined }>;
}

/**
 * Only writes down what is to be said: what shows it (`tooltips.tsx`) is one for the whole page and
 * fetched after the first screen. A hundred buttons with a tooltip cost what they would without.
 */
export function Tooltip({ label, shortcut, side, children }: TooltipProps) {
  return cloneElement(children, {
    'data-tooltip': label,
    'data-tooltip-keys': shortcut,
    'data-tooltip-side': side,
  });
}
