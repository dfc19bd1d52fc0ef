import { Tooltip as Base } from '@base-ui/react/tooltip';
import { useRef } from 'react';
import { Kbd } from './kbd.tsx';
import { explanationOf, usePointedAt } from './use-pointed-at.ts';

const sides = ['top', 'inline-end', 'bottom'] as const;

/** Shows what {@link Tooltip} wrote down, for the one element that is pointed at; once in the app. */
export function Tooltips() {
  const popup = useRef<HTMLDivElement>(null);
  const { element, isOpen, hide } = usePointedAt(popup);
  if (!element) return null;
  const { tooltipKeys, tooltipSide } = element.dataset;
  return (
    <Base.Root open={isOpen} onOpenChange={(isWanted) => !isWanted && hide()}>
      <Base.Portal>
        {/* What it explains bears the same words for whoever hears the page. */}
        <Base.Positioner
          aria-hidden="true"
          anchor={element}
          side={sides.find((side) => side === tooltipSide) ?? 'top'}
          sideOffset={6}
          className="z-40 data-anchor-hidden:hidden"
        >
          <Base.Popup
            ref={popup}
            className="flex max-w-72 items-center gap-2 rounded-md bg-ink px-2 py-1 text-surface text-xs shadow-raised transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0 data-instant:transition-none"
          >
            <span className="own-direction wrap-anywhere min-w-0">{explanationOf(element)}</span>
            {tooltipKeys && <Kbd keys={tooltipKeys} isInverted />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
