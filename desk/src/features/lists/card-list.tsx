import type { ConversationId, List } from '@deskbell/contract';
import { queryKey } from '@deskbell/sdk';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type Ref, useCallback, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { useKeysOf, useShortcut } from '../../app/shortcuts.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { useFirstScreen } from '../../ui/fetched-later.tsx';
import { CARD_HEIGHT, Card, TICKED } from './card.tsx';
import { CardSkeletons } from './card-skeletons.tsx';
import type { Selection } from './selection.ts';
import { useCardLinks } from './use-card-links.ts';
import { lastOffset, useKeptPlace } from './use-kept-place.ts';
import { useMore } from './use-more.ts';
import { usePointedCard } from './use-pointed-card.ts';
import { useRoving } from './use-roving.ts';
import type { ShownList } from './use-shown-list.ts';
import { useSteadyIds } from './use-steady-ids.ts';
import { useTouchSelect } from './use-touch-select.ts';

export interface CardListProps {
  list: List;
  shown: ShownList;
  selection: Selection;
  selectedId: ConversationId | undefined;
  /** What stands in place of cards where there are none. */
  empty: React.ReactNode;
  ref: Ref<{ enter(): void }>;
}

/** The cards of a list; only those in sight are drawn. */
export function CardList({ list, shown, selection, selectedId, empty, ref }: CardListProps) {
  const { t } = useTranslation('lists');
  const place = queryKey(shown.query);
  const scroller = useRef<HTMLDivElement>(null);
  const { ids, hold } = useSteadyIds(shown.ids, shown.query);
  const active = useRef(-1);
  // Without keys of its own: with others it would count the places of all entries anew, and they are all alike.
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD_HEIGHT,
    initialOffset: () => lastOffset(place),
    overscan: 8,
    // What has the focus stays drawn, however far it is scrolled away.
    rangeExtractor: (range) => withIndex(defaultRangeExtractor(range), active.current, ids.length),
  });
  useKeptPlace(place, ids, virtualizer);
  const roving = useRoving({ ids, selectedId, virtualizer });
  active.current = roving.activeIndex;
  const items = virtualizer.getVirtualItems();
  const more = useMore({ ...shown, ids }, virtualizer.range?.endIndex ?? -1);
  const touched = useTouchSelect(selection);
  const links = useCardLinks(list);
  const pointed = usePointedCard();
  const keys = keyShortcuts(useKeysOf()('select'));
  useShortcut('select', () => roving.activeId && selection.toggle(roving.activeId));
  useImperativeHandle(ref, () => ({ enter: roving.enter }));

  // The same from drawing to drawing, so that boxes are drawn anew only where something changed.
  const current = useRef(selection);
  useLayoutEffect(() => {
    current.current = selection;
  });
  const toggle = useCallback(
    (id: ConversationId, toHere: boolean) => current.current.toggle(id, toHere),
    [],
  );

  const isEmpty = ids.length === 0;
  const isComing = shown.hasMore && !more.isFailed;
  // On a phone an open conversation hides the cards.
  const isDrawn = isEmpty ? !isComing : items.length > 0 || selectedId !== undefined;
  useFirstScreen(shown.isLoaded && isDrawn);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the links within
    <div
      ref={scroller}
      onKeyDown={(event) => {
        onSelectionKey(event, selection);
        roving.onKeyDown(event);
      }}
      onFocus={roving.onFocus}
      {...hold}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2"
    >
      {isEmpty && !isComing && !more.isFailed && empty}
      <ul
        aria-label={t(`list.${list}`)}
        aria-busy={isComing && isEmpty}
        {...pointed.listeners}
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map(({ index, start }) => {
          const id = ids[index];
          return (
            id && (
              <li
                key={id}
                {...touched(id)}
                aria-setsize={shown.hasMore ? -1 : ids.length}
                aria-posinset={index + 1}
                className="group/row absolute inset-x-0 top-0 pb-0.5 [contain:strict] [-webkit-touch-callout:none] pointer-coarse:select-none"
                style={{ height: CARD_HEIGHT, transform: `translateY(${start}px)` }}
              >
                <Card
                  id={id}
                  list={list}
                  address={`${links.address}/${id}`}
                  isSelected={id === selectedId}
                  isActive={id === roving.activeId}
                  isPointed={id === pointed.pointedId}
                  keys={id === roving.activeId ? keys : undefined}
                  isTicked={selection.isAll || selection.ids.has(id)}
                  isTicking={selection.isAll || selection.ids.size > 0}
                  onOpen={links.open}
                  onTick={toggle}
                />
              </li>
            )
          );
        })}
      </ul>
      <span id={TICKED} hidden>
        {t('bulk.ticked')}
      </span>
      {isComing && <CardSkeletons count={isEmpty ? 6 : 1} label={t('list.loading')} />}
      {more.isFailed && (
        <div role="alert" className="flex flex-col items-center gap-2 p-4 text-muted text-sm">
          {t('list.failed')}
          <Button size="small" onClick={more.load}>
            {t('list.again')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** As assistive technology reads them out. Keys that are pressed one after the other have no such name. */
const keyShortcuts = (select: string) =>
  select.includes(' ')
    ? 'Control+A'
    : `${select.replace('mod+', 'Control+').replace(/\w$/, (letter) => letter.toUpperCase())} Control+A`;

function withIndex(indexes: number[], index: number, count: number): number[] {
  if (index < 0 || index >= count || indexes.includes(index)) return indexes;
  return [...indexes, index].sort((left, right) => left - right);
}

/** Ctrl or ⌘ with A takes all that the list holds, Escape nothing. */
function onSelectionKey(event: React.KeyboardEvent, selection: Selection): void {
  const isAll = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a';
  const isNone = event.key === 'Escape' && (selection.isAll || selection.ids.size > 0);
  if (!isAll && !isNone) return;
  event.preventDefault();
  event.stopPropagation();
  if (isAll) selection.selectAll();
  else selection.clear();
}
