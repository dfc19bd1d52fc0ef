import { Menu as Base } from '@base-ui/react/menu';
import type { FocusEvent, ReactNode, RefObject } from 'react';
import { MenuParts, type MenuStart } from './menu.tsx';
import { useFocusBack } from './use-focus-back.ts';

interface MenuPopupProps {
  name: string | undefined;
  anchor: HTMLElement;
  start: RefObject<MenuStart>;
  isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  side: 'top' | 'bottom' | 'inline-end';
  align: 'start' | 'center' | 'end';
  children: ReactNode;
}

/** What a {@link Menu} opens. A chunk of its own, with all that Base UI needs for it. */
export function MenuPopup({
  name,
  anchor,
  start,
  isOpen,
  onOpenChange,
  side,
  align,
  children,
}: MenuPopupProps) {
  const focusBack = useFocusBack(isOpen, () => anchor);
  return (
    <Base.Root open={isOpen} onOpenChange={onOpenChange}>
      {/* It hangs at the end of the page, outside of every other landmark. */}
      <Base.Portal role="region" aria-label={name}>
        <Base.Positioner
          anchor={anchor}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-30"
        >
          <Base.Popup
            {...focusBack}
            aria-label={name}
            onFocus={({ target, currentTarget }: FocusEvent<HTMLElement>) => {
              if (target === currentTarget) itemAt(currentTarget, start.current)?.focus();
              start.current = null;
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Tab') return;
              // It stands at the end of the page, but one is still at its button.
              event.preventDefault();
              onOpenChange(false);
            }}
            className="min-w-44 max-w-80 origin-(--transform-origin) rounded-lg bg-raised p-1 text-ink shadow-raised outline-none transition-[opacity,scale] data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0"
          >
            <MenuParts value={Base}>{children}</MenuParts>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function itemAt(menu: HTMLElement, start: MenuStart): HTMLElement | undefined {
  const items = [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]:not([data-disabled])')];
  return start === null ? undefined : items.at(start === 'first' ? 0 : -1);
}
