import { useId } from 'react';

interface OptionCardsProps<Value extends string> {
  legend: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  hint?: string;
  onChange(value: Value): void;
}

/** One of a few, all in sight. */
export function OptionCards<Value extends string>({
  legend,
  value,
  options,
  hint,
  onChange,
}: OptionCardsProps<Value>) {
  const name = useId();
  return (
    <fieldset aria-describedby={hint && `${name}-hint`}>
      <legend className="mb-1.5 font-medium text-sm">{legend}</legend>
      <div className="grid grid-cols-2 gap-2 sm:max-w-100">
        {options.map((option) => (
          <label
            key={option.value}
            className="flex min-h-10 items-center gap-2 rounded-lg border border-line-strong px-3 py-1.5 has-checked:border-accent-text has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2"
          >
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="accent-accent outline-none"
            />
            {option.label}
          </label>
        ))}
      </div>
      {hint && (
        <p id={`${name}-hint`} className="mt-1 text-muted text-sm">
          {hint}
        </p>
      )}
    </fieldset>
  );
}
