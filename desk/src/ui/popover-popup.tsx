import { Popover as Base } from '@base-ui/react/popover';
import type { ReactNode } from 'react';
import { useFocusBack } from './use-focus-back.ts';

interface PopoverPopupProps {
  anchor: HTMLElement;
  title: ReactNode;
  isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  align: 'start' | 'center' | 'end';
  children: ReactNode;
}

/** What a {@link Popover} opens. A chunk of its own, with all that Base UI needs for it. */
export function PopoverPopup(props: PopoverPopupProps) {
  const { anchor, title, isOpen, onOpenChange, align, children } = props;
  const focusBack = useFocusBack(isOpen, () => anchor);
  return (
    <Base.Root
      open={isOpen}
      onOpenChange={(open, { event }) => {
        // The button that opened it closes it itself.
        if (open || !(event.target instanceof Node && anchor.contains(event.target)))
          onOpenChange(open);
      }}
    >
      <Base.Portal>
        <Base.Positioner
          anchor={anchor}
          side="bottom"
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-30"
        >
          <Base.Popup
            {...focusBack}
            className="flex max-h-(--available-height) w-80 max-w-[calc(100vw-1rem)] origin-(--transform-origin) flex-col gap-3 overflow-y-auto rounded-lg bg-raised p-3 text-ink shadow-raised outline-none transition-[opacity,scale] data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0"
          >
            <Base.Title className="font-semibold text-base">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
