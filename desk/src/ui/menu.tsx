import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Kbd } from './kbd.tsx';

export interface MenuProps {
  /** The button that opens it, such as an IconButton; its name is the menu's too. */
  trigger: ReactElement<{ label?: string; 'aria-label'?: string }>;
  children: ReactNode;
  side?: 'top' | 'bottom' | 'inline-end';
  align?: 'start' | 'center' | 'end';
}

export function Menu({ trigger, children, side = 'bottom', align = 'start' }: MenuProps) {
  const { label, 'aria-label': name = label } = trigger.props;
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      {/* It hangs at the end of the page, outside of every other landmark. */}
      <Base.Portal role="region" aria-label={name}>
        <Base.Positioner
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-30"
        >
          <Base.Popup className="min-w-44 max-w-80 origin-(--transform-origin) rounded-lg bg-raised p-1 text-ink shadow-raised outline-none transition-[opacity,scale] data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const itemClasses =
  'flex min-h-8 w-full items-center gap-2.5 rounded-md px-2 text-start text-base outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0';

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
  return (
    <Base.Item
      disabled={isDisabled}
      onClick={onSelect}
      className={classes(itemClasses, isDangerous ? 'text-danger-text' : '[&>svg]:text-faint')}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut && <Kbd keys={shortcut} />}
    </Base.Item>
  );
}

export interface MenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  onChange(value: Value): void;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
}

/** One of several, under a heading. */
export function MenuChoice<Value extends string>({
  label,
  value,
  onChange,
  options,
}: MenuChoiceProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChange}>
      <Base.Group>
        <MenuHeading>{label}</MenuHeading>
        {options.map((option) => (
          <Base.RadioItem
            key={option.value}
            value={option.value}
            closeOnClick={false}
            className={classes(itemClasses, '[&>svg]:text-faint')}
          >
            {option.icon}
            <span className="min-w-0 flex-1 truncate">{option.label}</span>
            <Base.RadioItemIndicator className="text-accent-text">
              <Check aria-hidden="true" />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.Group>
    </Base.RadioGroup>
  );
}

function MenuHeading({ children }: { children: ReactNode }) {
  return (
    <Base.GroupLabel className="px-2 pt-1.5 pb-1 font-medium text-faint text-xs">
      {children}
    </Base.GroupLabel>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-line" />;
}
