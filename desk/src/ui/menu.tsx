import type { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import {
  cloneElement,
  createContext,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  use,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import { classes } from './classes.ts';
import { fetchedLater } from './fetched-later.tsx';
import { Kbd } from './kbd.tsx';

// It and the tooltips would be a quarter of the first load, and nobody opens a menu before it is drawn.
const MenuPopup = fetchedLater(async () => (await import('./menu-popup.tsx')).MenuPopup);

/** The parts of Base UI's menu, for what stands in one. */
export const MenuParts = createContext<typeof Base | null>(null);

function useParts(): typeof Base {
  const parts = use(MenuParts);
  if (!parts) throw new Error('This stands in a menu alone');
  return parts;
}

interface TriggerProps {
  label?: string;
  'aria-label'?: string;
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
  'data-popup-open'?: '' | undefined;
  onClick?(event: MouseEvent<HTMLElement>): void;
  onKeyDown?(event: KeyboardEvent<HTMLElement>): void;
}

/** Which item the keyboard finds itself on; a mouse on none. */
export type MenuStart = 'first' | 'last' | null;

export interface MenuProps {
  /** The button that opens it, such as an IconButton; its name is the menu's too. */
  trigger: ReactElement<TriggerProps>;
  children: ReactNode;
  side?: 'top' | 'bottom' | 'inline-end';
  align?: 'start' | 'center' | 'end';
}

export function Menu({ trigger, children, side = 'bottom', align = 'start' }: MenuProps) {
  const { label, 'aria-label': name = label } = trigger.props;
  // The button by which it was opened: it hangs there, and the focus goes back to it.
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isOpen, setOpen] = useState(false);
  const start = useRef<MenuStart>(null);
  const open = (button: HTMLElement, at: MenuStart) => {
    start.current = at;
    setAnchor(button);
    setOpen(true);
  };
  return (
    <>
      {cloneElement(trigger, {
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen,
        'data-popup-open': isOpen ? '' : undefined,
        onClick({ currentTarget, detail }) {
          if (isOpen) setOpen(false);
          // A press of a key is a click that no mouse counted.
          else open(currentTarget, detail === 0 ? 'first' : null);
        },
        onKeyDown(event) {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          open(event.currentTarget, event.key === 'ArrowDown' ? 'first' : 'last');
        },
      })}
      {anchor && (
        <MenuPopup {...{ name, anchor, start, isOpen, side, align }} onOpenChange={setOpen}>
          {children}
        </MenuPopup>
      )}
    </>
  );
}

const itemClasses =
  'flex min-h-8 pointer-coarse:min-h-11 w-full items-center gap-2.5 rounded-md px-2 text-start text-base outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0';

/** As wide for a dot as for a sign, so that the words begin below one another. */
const Sign = ({ children }: { children: ReactNode }) => (
  <span className="grid min-w-4 shrink-0 place-items-center [&>svg]:text-faint">{children}</span>
);

export interface MenuItemProps {
  icon?: ReactNode;
  shortcut?: string | undefined;
  isDangerous?: boolean;
  isDisabled?: boolean;
  onSelect(): void;
  children: ReactNode;
}

export function MenuItem({
  icon,
  shortcut,
  isDangerous = false,
  isDisabled = false,
  onSelect,
  children,
}: MenuItemProps) {
  const { Item } = useParts();
  return (
    <Item
      disabled={isDisabled}
      onClick={onSelect}
      className={classes(itemClasses, isDangerous && 'text-danger-text [&>span>svg]:text-current')}
    >
      {icon && <Sign>{icon}</Sign>}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut && <Kbd keys={shortcut} isForKeyboards />}
    </Item>
  );
}

export interface MenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  onChange(value: Value): void;
  options: readonly {
    value: Value;
    label: string;
    icon?: ReactNode;
    shortcut?: string;
    /** A number that stands behind it, and what it means. */
    count?: number | undefined;
    countLabel?: string;
  }[];
  /** Where what was chosen is done with it, or asks something itself. */
  closesOnClick?: boolean;
}

/** One of several, under a heading. */
export function MenuChoice<Value extends string>({
  label,
  value,
  onChange,
  options,
  closesOnClick = false,
}: MenuChoiceProps<Value>) {
  const { RadioGroup, Group, RadioItem, RadioItemIndicator } = useParts();
  return (
    <RadioGroup value={value} onValueChange={onChange}>
      <Group>
        <MenuHeading>{label}</MenuHeading>
        {options.map((option) => (
          <RadioItem
            key={option.value}
            value={option.value}
            closeOnClick={closesOnClick}
            className={itemClasses}
          >
            {option.icon && <Sign>{option.icon}</Sign>}
            <span className="min-w-0 flex-1 truncate" title={option.label}>
              {option.label}
            </span>
            {(option.count ?? 0) > 0 && (
              <span className="shrink-0 text-muted text-sm tabular-nums">
                <span aria-hidden="true">{option.count}</span>
                <span className="sr-only">{option.countLabel}</span>
              </span>
            )}
            {option.shortcut && <Kbd keys={option.shortcut} isForKeyboards />}
            {/* Its place is kept, so that numbers and keys stand below one another. */}
            <span className="size-4 shrink-0 text-accent-text">
              <RadioItemIndicator>
                <Check aria-hidden="true" />
              </RadioItemIndicator>
            </span>
          </RadioItem>
        ))}
      </Group>
    </RadioGroup>
  );
}

function MenuHeading({ children }: { children: ReactNode }) {
  const { GroupLabel } = useParts();
  return (
    <GroupLabel className="px-2 pt-1.5 pb-1 font-medium text-faint text-xs">{children}</GroupLabel>
  );
}

/** Hears the digits 1 to 9 for as long as the menu is open. */
export function MenuDigits({ onDigit }: { onDigit(digit: number): void }) {
  const latest = useEffectEvent(onDigit);
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if (!/^[1-9]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      latest(Number(event.key));
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  }, []);
  return null;
}

export function MenuSeparator() {
  const { Separator } = useParts();
  return <Separator className="my-1 h-px bg-line" />;
}
