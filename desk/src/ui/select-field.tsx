import { Select, type SelectProps } from './select.tsx';
import { Field, type FieldTexts } from './text-field.tsx';

export type SelectFieldProps = FieldTexts & SelectProps;

/** A select with its name above it. */
export function SelectField({
  label,
  hint,
  error,
  isLabelHidden = false,
  id,
  ...rest
}: SelectFieldProps) {
  return (
    <Field {...{ label, hint, error, isLabelHidden, id }}>
      {(ids) => <Select {...rest} {...ids} />}
    </Field>
  );
}
