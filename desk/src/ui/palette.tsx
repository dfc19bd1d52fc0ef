import { Dialog as Base } from '@base-ui/react/dialog';
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { classes } from './classes.ts';
import { Kbd } from './kbd.tsx';
import { useFocusBack } from './use-focus-back.ts';

export interface PaletteItem {
  id: string;
  label: string;
  /** Said behind it, more quietly. */
  detail?: string | undefined;
  icon: ReactNode;
  shortcut?: string | undefined;
}

export interface PaletteGroup<Item extends PaletteItem> {
  name: string;
  items: readonly Item[];
}

export interface PaletteProps<Item extends PaletteItem> {
  isOpen: boolean;
  onClose(): void;
  /** After it has gone and the focus is back where it was. */
  onClosed(): void;
  /** Of the dialog and of its field. */
  label: string;
  placeholder: string;
  query: string;
  onQuery(query: string): void;
  groups: readonly PaletteGroup<Item>[];
  onPick(item: Item): void;
  /** What is shown when nothing fits. */
  empty: ReactNode;
  closeLabel: string;
  /** What else is to be said, below the list. */
  below?: ReactNode;
}

const PAGE = 8;

/** One field over a list of what fits (ARIA's combobox with a listbox), near the top of the window. */
export function Palette<Item extends PaletteItem>(props: PaletteProps<Item>) {
  const { isOpen, onClose, onClosed, label, placeholder, query, onQuery, groups, onPick } = props;
  const listId = useId();
  const items = groups.flatMap((group) => group.items);
  // By what it is and not by its place: others may come and go while one looks.
  const [active, setActive] = useState<string | null>(null);
  const index = Math.max(
    0,
    items.findIndex(({ id }) => id === active),
  );
  const chosen = items[index];
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const focusBack = useFocusBack(isOpen);

  useEffect(() => {
    if (chosen)
      list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = items.length - 1;
    const to: Record<string, number> = {
      ArrowDown: index === last ? 0 : index + 1,
      ArrowUp: index === 0 ? last : index - 1,
      PageDown: Math.min(last, index + PAGE),
      PageUp: Math.max(0, index - PAGE),
    };
    const next = to[event.key];
    if (next !== undefined) setActive(items[next]?.id ?? null);
    else if (event.key === 'Enter' && chosen) onPick(chosen);
    else return;
    event.preventDefault();
  };

  return (
    <Base.Root
      open={isOpen}
      onOpenChange={(open) => !open && onClose()}
      onOpenChangeComplete={(open) => !open && onClosed()}
    >
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-20 bg-backdrop transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-20 flex items-start justify-center overflow-hidden p-3 max-sm:pt-[calc(0.75rem+env(safe-area-inset-top))] sm:pt-[12vh]">
          <Base.Popup
            {...focusBack}
            aria-label={label}
            // At once and not with the next frame: who types on after the shortcut loses no letter.
            initialFocus={() => {
              field.current?.focus();
              return false;
            }}
            className="flex max-h-[min(30rem,80dvh)] w-full max-w-150 flex-col overflow-hidden rounded-xl bg-raised text-ink shadow-dialog outline-none transition-[opacity,translate] data-ending-style:-translate-y-1 data-ending-style:opacity-0 data-starting-style:-translate-y-1 data-starting-style:opacity-0"
          >
            <div className="flex items-center gap-3 border-line border-b px-4">
              <Search className="size-4 shrink-0 text-faint" aria-hidden="true" />
              <input
                ref={field}
                role="combobox"
                aria-label={label}
                aria-expanded={items.length > 0}
                aria-controls={listId}
                aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined}
                aria-autocomplete="list"
                autoComplete="off"
                spellCheck={false}
                placeholder={placeholder}
                value={query}
                onChange={({ target }) => {
                  onQuery(target.value);
                  setActive(null);
                }}
                onKeyDown={press}
                className="h-13 min-w-0 flex-1 text-ellipsis bg-transparent text-lg outline-none"
              />
              <Base.Close className="-me-2 grid min-h-11 pointer-coarse:min-w-11 place-items-center rounded-sm px-2 text-faint">
                <span className="sr-only">{props.closeLabel} </span>
                <Kbd keys="escape" isForKeyboards />
                <X aria-hidden="true" className="hidden size-5 pointer-coarse:block" />
              </Base.Close>
            </div>
            {/* The field keeps the focus; the pointer may choose all the same. */}
            <div
              ref={list}
              id={listId}
              role="listbox"
              aria-label={label}
              tabIndex={-1}
              onMouseDown={(event) => event.preventDefault()}
              className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5 outline-none"
            >
              {groups.map((group) => (
                // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
                <div key={group.name} role="group" aria-label={group.name}>
                  <p aria-hidden="true" className="px-2.5 pt-2 pb-1 font-medium text-faint text-xs">
                    {group.name}
                  </p>
                  {group.items.map((item) => (
                    <Row
                      key={item.id}
                      id={`${listId}-${item.id}`}
                      item={item}
                      isActive={item === chosen}
                      onPoint={() => setActive(item.id)}
                      onPick={() => onPick(item)}
                    />
                  ))}
                </div>
              ))}
            </div>
            {items.length === 0 && (
              <div className="px-5 pb-8 text-center text-muted">{props.empty}</div>
            )}
            {props.below && (
              <div className="border-line border-t px-4 py-3 empty:hidden">{props.below}</div>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

interface RowProps {
  id: string;
  item: PaletteItem;
  isActive: boolean;
  onPoint(): void;
  onPick(): void;
}

function Row({ id, item, isActive, onPoint, onPick }: RowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus, and names the active one
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      onMouseMove={isActive ? undefined : onPoint}
      onClick={onPick}
      className={classes(
        'flex min-h-9 items-center gap-2.5 rounded-md px-2.5 pointer-coarse:min-h-11',
        isActive && 'bg-hover',
      )}
    >
      {/* A face is wider than a sign: the words begin below one another all the same. */}
      <span className="grid w-5 shrink-0 place-items-center [&>svg]:size-4 [&>svg]:text-faint">
        {item.icon}
      </span>
      <span className="min-w-0 truncate">{item.label}</span>
      <span className={classes('flex-1 truncate text-muted text-sm', item.detail && 'min-w-[35%]')}>
        {item.detail}
      </span>
      {item.shortcut && <Kbd keys={item.shortcut} isForKeyboards />}
    </div>
  );
}
