import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** Its name for everybody: read out, and shown on hover. */
  label: string;
  icon: ReactNode;
  /** Shown behind the name on hover. */
  shortcut?: string | undefined;
  size?: 'small' | 'medium';
  isPressed?: boolean;
  tooltipSide?: 'top' | 'inline-end' | 'bottom';
}

/** A button that shows a picture alone. Forwards what a menu or dialog gives its trigger. */
export function IconButton({
  label,
  icon,
  shortcut,
  size = 'medium',
  isPressed,
  tooltipSide,
  className,
  ...rest
}: IconButtonProps): ReactElement {
  return (
    <Tooltip label={label} shortcut={shortcut} side={tooltipSide}>
      <button
        type="button"
        aria-label={label}
        {...(isPressed !== undefined && { 'aria-pressed': isPressed })}
        {...rest}
        className={classes(
          'inline-grid shrink-0 place-items-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink',
          'disabled:opacity-50 aria-pressed:bg-pressed aria-pressed:text-ink data-popup-open:bg-pressed data-popup-open:text-ink',
          size === 'small'
            ? 'size-7 pointer-coarse:size-10 [&_svg]:size-4'
            : 'size-8 pointer-coarse:size-11 [&_svg]:size-4.5',
          className,
        )}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
