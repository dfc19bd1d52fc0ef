import { ChevronDown } from 'lucide-react';
import { fieldClasses } from '../../ui/text-field.tsx';

interface SelectProps {
  label: string;
  describedBy?: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange(value: string): void;
}

/** The browser's own select, where its name is said elsewhere on the screen. */
export function Select({ label, describedBy, value, options, onChange }: SelectProps) {
  return (
    <div className="relative min-w-0 flex-1">
      <select
        aria-label={label}
        aria-describedby={describedBy}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${fieldClasses} h-9 appearance-none pe-8`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-2.5 end-2 size-4 text-faint"
      />
    </div>
  );
}
