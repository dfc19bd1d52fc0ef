import { cloneElement, type MouseEvent, type ReactElement, type ReactNode, useState } from 'react';
import { fetchedLater } from './fetched-later.tsx';

// As with menus: nobody opens one before it is drawn.
const PopoverPopup = fetchedLater(async () => (await import('./popover-popup.tsx')).PopoverPopup);

interface TriggerProps {
  label?: string;
  'aria-haspopup'?: 'dialog';
  'aria-expanded'?: boolean;
  'data-popup-open'?: '' | undefined;
  onClick?(event: MouseEvent<HTMLElement>): void;
}

export interface PopoverProps {
  /** The button that opens it, such as an IconButton. */
  trigger: ReactElement<TriggerProps>;
  /** Its heading, which is its name as well. */
  title: ReactNode;
  align?: 'start' | 'center' | 'end';
  children: ReactNode;
}

/** Controls that hang at a button. Opened, the focus is within; Escape and a press elsewhere close it. */
export function Popover({ trigger, title, align = 'start', children }: PopoverProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {cloneElement(trigger, {
        'aria-haspopup': 'dialog',
        'aria-expanded': isOpen,
        'data-popup-open': isOpen ? '' : undefined,
        onClick({ currentTarget }) {
          setAnchor(currentTarget);
          setOpen(!isOpen);
        },
      })}
      {anchor && (
        <PopoverPopup {...{ anchor, title, isOpen, align }} onOpenChange={setOpen}>
          {children}
        </PopoverPopup>
      )}
    </>
  );
}
