import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId, useState } from 'react';
import { classes } from './classes.ts';

export const fieldClasses = classes(
  'own-direction w-full text-ellipsis rounded-md border border-line-field bg-field px-2.5 text-base text-ink transition-colors',
  // Safari on a phone zooms into a field with smaller letters.
  'max-md:text-lg',
  'hover:border-muted focus:border-accent-text focus:outline-2 focus:outline-accent-text focus:-outline-offset-1',
  'aria-invalid:border-danger-text disabled:opacity-60',
);

/** As high as the buttons beside it. */
export const fieldHeights = {
  medium: 'h-8 pointer-coarse:h-11',
  large: 'h-10 pointer-coarse:h-11 px-3',
} as const;

export interface FieldTexts {
  label: ReactNode;
  /** Stands below until there is an error. */
  hint?: ReactNode;
  error?: ReactNode;
  isLabelHidden?: boolean;
}

interface FieldProps extends FieldTexts {
  children: (ids: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode;
  id?: string | undefined;
}

/** Label above, hint or error below, tied to the control by ids. */
export function Field({ label, hint, error, isLabelHidden, id: givenId, children }: FieldProps) {
  const madeId = useId();
  const id = givenId ?? madeId;
  const noteId = `${id}-note`;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'font-medium text-ink text-sm'}>
        {label}
      </label>
      {children({ id, 'aria-describedby': noteId, 'aria-invalid': Boolean(error) })}
      <div id={noteId} aria-live="polite" className="empty:hidden">
        {error ? (
          <p className="text-danger-text text-sm">{error}</p>
        ) : (
          hint && <div className="text-muted text-sm">{hint}</div>
        )}
      </div>
    </div>
  );
}

export interface TextFieldProps extends FieldTexts, Omit<ComponentProps<'input'>, 'size'> {
  size?: 'medium' | 'large';
}

export function TextField({
  label,
  hint,
  error,
  isLabelHidden = false,
  size = 'medium',
  className,
  id,
  ...rest
}: TextFieldProps) {
  return (
    <Field {...{ label, hint, error, isLabelHidden, id }}>
      {(ids) => (
        <input
          {...rest}
          {...ids}
          className={classes(fieldClasses, fieldHeights[size], className)}
        />
      )}
    </Field>
  );
}

export interface PasswordFieldProps extends TextFieldProps {
  /** The names of the button that shows what was typed, and hides it again. */
  showLabel: string;
  hideLabel: string;
}

export function PasswordField({
  label,
  hint,
  error,
  isLabelHidden = false,
  size = 'medium',
  className,
  id,
  showLabel,
  hideLabel,
  ...rest
}: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <Field {...{ label, hint, error, isLabelHidden, id }}>
      {(ids) => (
        <div className="relative">
          <input
            {...rest}
            {...ids}
            type={isShown ? 'text' : 'password'}
            spellCheck={false}
            autoCapitalize="off"
            className={classes(
              fieldClasses,
              fieldHeights[size],
              'pe-10 pointer-coarse:pe-11',
              className,
            )}
          />
          <button
            type="button"
            aria-label={isShown ? hideLabel : showLabel}
            onClick={() => setShown(!isShown)}
            className="absolute inset-y-0 end-0 grid w-9 pointer-coarse:w-11 place-items-center rounded-md text-faint -outline-offset-2 hover:text-ink"
          >
            <Icon className="size-4" aria-hidden="true" />
          </button>
        </div>
      )}
    </Field>
  );
}
