import { Search, X } from 'lucide-react';
import { useRef } from 'react';
import { classes } from './classes.ts';
import { fieldClasses, fieldHeights } from './text-field.tsx';

export interface SearchFieldProps {
  /** Its name, which stands in it while it is empty. */
  label: string;
  clearLabel: string;
  value: string;
  onChange(value: string): void;
}

/** What is typed narrows what stands below; Escape and the cross take it away. */
export function SearchField({ label, clearLabel, value, onChange }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="relative flex items-center">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute start-2.5 size-4 text-faint"
      />
      <input
        ref={input}
        type="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && onChange('')}
        className={classes(
          fieldClasses,
          fieldHeights.medium,
          'text-ellipsis pe-9 ps-8 [&::-webkit-search-cancel-button]:hidden',
        )}
      />
      {value !== '' && (
        <button
          type="button"
          aria-label={clearLabel}
          onClick={() => {
            onChange('');
            input.current?.focus();
          }}
          className="absolute end-1 grid size-6 pointer-coarse:size-10 place-items-center rounded-sm text-faint hover:bg-hover hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      )}
    </div>
  );
}
