import { Search, X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { classes } from './classes.ts';

interface SearchBoxProps {
  className?: string;
  /** What the cross is called; null: there is nothing to take away. */
  clearLabel: string | null;
  onClear(): void;
  /** Stands where the cross would. */
  hint?: ReactNode;
  /** The field, which leaves room on both sides. */
  children: ReactNode;
}

/** A field in which one searches: its sign before the words, behind them the cross that takes them away. */
export function SearchBox({ className, clearLabel, onClear, hint, children }: SearchBoxProps) {
  const box = useRef<HTMLElement>(null);
  return (
    <search ref={box} className={classes('relative flex items-center', className)}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute start-2.5 size-4 text-faint"
      />
      {children}
      {clearLabel === null ? (
        hint
      ) : (
        <button
          type="button"
          aria-label={clearLabel}
          onClick={() => {
            onClear();
            box.current?.querySelector('input')?.focus();
          }}
          className="absolute end-1 grid size-6 pointer-coarse:size-9 place-items-center rounded-sm text-faint hover:bg-hover hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      )}
    </search>
  );
}
