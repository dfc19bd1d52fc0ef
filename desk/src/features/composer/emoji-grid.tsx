import { useVirtualizer } from '@tanstack/react-virtual';
import { Search } from 'lucide-react';
import { useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { type Emoji, searchEmojis } from './emoji.ts';
import { type EmojiRow, emojiRows, neighbour } from './emoji-rows.ts';
import { useEmojis } from './use-emojis.ts';

const HEADING = 28;
const ROW = 34;

interface EmojiGridProps {
  onPick(emoji: string, goesOn: boolean): void;
}

/** A search field, and below it what it finds; arrows move through it while the focus stays in the field. */
export function EmojiGrid({ onPick }: EmojiGridProps) {
  const { t } = useTranslation('conversation');
  const id = useId();
  const { all: emojis, hasFailed, retry } = useEmojis(true);
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const wanted = useDeferredValue(search.trim());
  const rows = useMemo(() => {
    if (!emojis) return [];
    return wanted === '' ? emojiRows(emojis, false) : emojiRows(searchEmojis(emojis, wanted), true);
  }, [emojis, wanted]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'heading' ? HEADING : ROW),
    overscan: 4,
  });
  const activeRow = rows.findIndex((row) => holds(row, active));
  const chosen = emojiAt(rows[activeRow], active);

  const press = (event: React.KeyboardEvent) => {
    if (event.key.startsWith('Arrow')) {
      const next = neighbour(rows, active, event.key as 'ArrowUp');
      setActive(next);
      virtualizer.scrollToIndex(rows.findIndex((row) => holds(row, next)));
    } else if (event.key === 'Enter' && chosen) onPick(chosen.unicode, event.shiftKey);
    else return;
    event.preventDefault();
  };

  return (
    <div className="flex h-80 flex-col">
      <div className="relative p-2">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 start-4.5 my-auto size-4 text-faint"
        />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen ? `${id}-${active}` : undefined}
          aria-label={t('emoji.search')}
          placeholder={t('emoji.search')}
          autoComplete="off"
          spellCheck={false}
          value={search}
          onChange={({ target }) => {
            setSearch(target.value);
            setActive(0);
          }}
          onKeyDown={press}
          className="h-8 pointer-coarse:h-11 w-full rounded-md border border-line bg-field pe-2 ps-8.5 text-base max-md:text-lg focus:border-accent-text focus:outline-2 focus:outline-accent-text focus:-outline-offset-1"
        />
      </div>
      {hasFailed && (
        <div role="alert" className="flex flex-col items-center gap-2 p-4 text-muted text-sm">
          {t('emoji.failed')}
          <Button size="small" onClick={retry}>
            {t('emoji.again')}
          </Button>
        </div>
      )}
      <div
        ref={scroller}
        id={`${id}-list`}
        role="listbox"
        aria-label={t('emoji.title')}
        tabIndex={-1}
        className="min-h-0 flex-1 overflow-y-auto px-2"
      >
        {!emojis && !hasFailed && <Coming />}
        {emojis && rows.length === 0 && (
          <p role="presentation" className="p-6 text-center text-muted text-sm">
            {t('emoji.none')}
          </p>
        )}
        <div
          role="presentation"
          className="relative"
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <div
                  key={index}
                  role="presentation"
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <Row row={row} {...{ id, active, onPick }} onActive={setActive} />
                </div>
              )
            );
          })}
        </div>
      </div>
      <p className="flex h-9 shrink-0 items-center gap-2 border-line border-t px-3 text-muted text-xs">
        <span aria-hidden="true" className="font-emoji text-lg">
          {chosen?.unicode}
        </span>
        <span className="truncate">{chosen?.label}</span>
      </p>
    </div>
  );
}

interface RowProps extends EmojiGridProps {
  row: EmojiRow;
  id: string;
  active: number;
  onActive(index: number): void;
}

function Row({ row, id, active, onActive, onPick }: RowProps) {
  const { t } = useTranslation('conversation');
  if (row.kind === 'heading')
    return (
      <p
        role="presentation"
        className="flex h-7 items-end px-1 pb-1 font-medium text-muted text-xs"
      >
        {t(`emoji.groups.${row.group}`)}
      </p>
    );
  return (
    <div role="presentation" className="grid grid-cols-9">
      {row.emojis.map((emoji, column) => {
        const index = row.first + column;
        return (
          <div
            key={emoji.unicode}
            id={`${id}-${index}`}
            role="option"
            // The focus stays in the search field, whose arrows lead here.
            tabIndex={-1}
            aria-label={emoji.label}
            aria-selected={index === active}
            onPointerMove={() => onActive(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={(event) => onPick(emoji.unicode, event.shiftKey)}
            // The keyboard is the search field's.
            onKeyDown={undefined}
            className={classes(
              'grid h-8.5 place-items-center rounded-md font-emoji text-xl',
              index === active && 'bg-pressed',
            )}
          >
            {emoji.unicode}
          </div>
        );
      })}
    </div>
  );
}

function Coming() {
  return (
    <div role="presentation" className="grid grid-cols-9 gap-1 p-1">
      {Array.from({ length: 54 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Skeleton key={index} className="size-7" />
      ))}
    </div>
  );
}

const holds = (row: EmojiRow, index: number) =>
  row.kind === 'emojis' && index >= row.first && index < row.first + row.emojis.length;

function emojiAt(row: EmojiRow | undefined, index: number): Emoji | undefined {
  return row?.kind === 'emojis' ? row.emojis[index - row.first] : undefined;
}
