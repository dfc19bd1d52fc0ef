import { type ReactNode, useId } from 'react';
import { classes } from './classes.ts';

export interface SwitchProps {
  label: ReactNode;
  hint?: ReactNode;
  isOn: boolean;
  isDisabled?: boolean;
  onChange(isOn: boolean): void;
}

export function Switch({ label, hint, isOn, isDisabled = false, onChange }: SwitchProps) {
  const id = useId();
  return (
    <label
      className={classes(
        'flex gap-3 pointer-coarse:min-h-10',
        hint ? 'items-start' : 'items-center',
      )}
    >
      <button
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-labelledby={id}
        disabled={isDisabled}
        onClick={() => onChange(!isOn)}
        className={classes(
          hint ? 'mt-0.5' : '',
          'group flex h-5 w-9 shrink-0 rounded-full border border-line-field bg-pressed p-px transition-colors disabled:opacity-50 aria-checked:border-accent aria-checked:bg-accent',
        )}
      >
        <span className="size-4 rounded-full bg-line-field transition-[translate,background-color] group-aria-checked:translate-x-4 rtl:group-aria-checked:-translate-x-4 group-aria-checked:bg-on-accent" />
      </button>
      <span className="min-w-0">
        <span id={id} className="block text-base">
          {label}
        </span>
        {hint && <span className="block text-muted text-sm">{hint}</span>}
      </span>
    </label>
  );
}
