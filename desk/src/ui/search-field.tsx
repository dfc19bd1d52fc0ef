import { classes } from './classes.ts';
import { SearchBox } from './search-box.tsx';
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
  return (
    <SearchBox clearLabel={value === '' ? null : clearLabel} onClear={() => onChange('')}>
      <input
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
    </SearchBox>
  );
}
