import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import { fieldClasses, fieldHeights } from './text-field.tsx';

export interface SelectProps extends Omit<ComponentProps<'select'>, 'children'> {
  options: readonly { value: string; label: string }[];
}

/** The browser's own select: right on phones, by keyboard and for screen readers. Its name is its user's to give. */
export function Select({ options, className, ...rest }: SelectProps) {
  return (
    <div className="relative flex min-w-0 flex-1 items-center">
      <select
        {...rest}
        className={classes(fieldClasses, fieldHeights.medium, 'appearance-none pe-8', className)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute end-2 size-4 text-faint"
      />
    </div>
  );
}
