import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';

export interface TooltipProps {
  label: ReactNode;
  shortcut?: string | undefined;
  side?: 'top' | 'inline-end' | 'bottom' | undefined;
  /** What it explains; it must be named without the tooltip too, because touch has none. */
  children: ReactElement;
}

export function Tooltip({ label, shortcut, side = 'top', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-40">
          <Base.Popup className="flex max-w-72 items-center gap-2 rounded-md bg-ink px-2 py-1 text-surface text-xs shadow-raised transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0 data-instant:transition-none">
            {label}
            {shortcut && <Kbd keys={shortcut} isInverted />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Once around the app: after the first tooltip its neighbours show at once. */
export const TooltipProvider = Base.Provider;
