import type { ReactNode } from 'react';

export interface CheckboxProps {
  label: ReactNode;
  isOn: boolean;
  onChange(isOn: boolean): void;
}

/** The browser's own box, in our colour. */
export function Checkbox({ label, isOn, onChange }: CheckboxProps) {
  return (
    <label className="flex min-h-7 min-w-0 pointer-coarse:min-h-11 items-center gap-2 text-base">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 shrink-0 accent-accent"
      />
      <span className="min-w-0 truncate">{label}</span>
    </label>
  );
}
