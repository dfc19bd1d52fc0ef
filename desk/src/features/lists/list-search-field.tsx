import { useRef } from 'react';
import { useKeysOf, useShortcut } from '../../app/shortcuts.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { SearchBox } from '../../ui/search-box.tsx';

interface ListSearchFieldProps {
  search: string;
  onChange(search: string): void;
  /** Arrow down, or Enter: on to the list. */
  onLeave(): void;
}

export function ListSearchField({ search, onChange, onLeave }: ListSearchFieldProps) {
  const keysOf = useKeysOf();
  const { t } = useTranslation('lists');
  const input = useRef<HTMLInputElement>(null);
  useShortcut('search', () => input.current?.select());
  const press = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'Enter') onLeave();
    else if (event.key === 'Escape' && search !== '') onChange('');
    else if (event.key === 'Escape') input.current?.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <SearchBox
      className="me-1 min-w-0 flex-1"
      clearLabel={search === '' ? null : t('search.clear')}
      onClear={() => onChange('')}
      hint={
        <span
          aria-hidden="true"
          className="pointer-events-none absolute end-1.5 peer-focus:hidden max-md:hidden"
        >
          <Kbd keys={keysOf('search')} />
        </span>
      }
    >
      <input
        ref={input}
        // Not type=search: its own cross can't be named, and Escape is told apart below.
        type="text"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        value={search}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={press}
        className="peer h-8 pointer-coarse:h-11 w-full rounded-md border border-line bg-field pe-9 ps-8 text-base max-md:text-lg transition-colors hover:border-line-strong focus:border-accent-text focus:outline-2 focus:outline-accent-text focus:-outline-offset-1"
      />
    </SearchBox>
  );
}
