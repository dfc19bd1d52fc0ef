import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import { Field, type FieldTexts, fieldClasses } from './text-field.tsx';

export type TextareaProps = FieldTexts & ComponentProps<'textarea'>;

/** Grows with its text, up to `max-h` of its class. */
export function Textarea({
  label,
  hint,
  error,
  isLabelHidden = false,
  className,
  id,
  ...rest
}: TextareaProps) {
  return (
    <Field {...{ label, hint, error, isLabelHidden, id }}>
      {(ids) => (
        <textarea
          rows={2}
          {...rest}
          {...ids}
          className={classes(
            fieldClasses,
            'field-sizing-content max-h-60 min-h-16 resize-none py-1.5',
            className,
          )}
        />
      )}
    </Field>
  );
}
