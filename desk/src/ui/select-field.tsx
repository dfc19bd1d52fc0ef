import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import { Field, type FieldTexts, fieldClasses } from './text-field.tsx';

export interface SelectFieldProps extends FieldTexts, Omit<ComponentProps<'select'>, 'children'> {
  options: readonly { value: string; label: string }[];
}

/** The browser's own select: right on phones, by keyboard and for screen readers. */
export function SelectField({
  label,
  hint,
  error,
  isLabelHidden = false,
  options,
  className,
  id,
  ...rest
}: SelectFieldProps) {
  return (
    <Field {...{ label, hint, error, isLabelHidden, id }}>
      {(ids) => (
        <div className="relative">
          <select
            {...rest}
            {...ids}
            className={classes(fieldClasses, 'h-8 appearance-none pe-8', className)}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown
            aria-hidden="true"
            className="pointer-events-none absolute top-2 end-2 size-4 text-faint"
          />
        </div>
      )}
    </Field>
  );
}
