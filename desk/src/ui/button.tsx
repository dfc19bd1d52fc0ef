import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';

const looks = {
  primary:
    'bg-accent text-on-accent hover:bg-accent-hover border-transparent font-medium disabled:hover:bg-accent',
  plain: 'bg-raised text-ink border-line-strong hover:bg-sunken font-medium',
  quiet: 'bg-transparent text-muted border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-danger text-on-accent hover:bg-danger-hover border-transparent font-medium',
  positive: 'bg-positive text-on-accent border-transparent hover:brightness-95 font-medium',
} as const;

const sizes = {
  small: 'h-7 pointer-coarse:h-10 px-2.5 text-sm gap-1.5',
  medium: 'h-8 pointer-coarse:h-11 px-3 text-base gap-2',
  large: 'h-10 pointer-coarse:h-11 px-4 text-base gap-2',
} as const;

export interface ButtonLook {
  look?: keyof typeof looks;
  size?: keyof typeof sizes;
}

/** The classes of a button, for a link that looks like one. */
export function buttonClasses({ look = 'plain', size = 'medium' }: ButtonLook = {}): string {
  return classes(
    'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md border no-underline transition-colors',
    'disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
    sizes[size],
    looks[look],
  );
}

export interface ButtonProps extends ComponentProps<'button'>, ButtonLook {
  /** What it began is under way: it can't be pressed again, and says so. */
  isBusy?: boolean;
  icon?: ReactNode;
}

export function Button(props: ButtonProps) {
  const { look, size, isBusy = false, icon, className, children, onClick, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      // Not `disabled`: that would take the focus away from under the keyboard.
      aria-disabled={isBusy || rest['aria-disabled']}
      aria-busy={isBusy}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={classes(
        buttonClasses({ ...(look && { look }), ...(size && { size }) }),
        isBusy && 'busy-stripes',
        className,
      )}
    >
      {icon}
      {children}
    </button>
  );
}
