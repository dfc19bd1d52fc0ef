import type { ConversationId, List } from '@deskbell/contract';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type Ref, useImperativeHandle, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { CARD_HEIGHT, Card } from './card.tsx';
import { CardSkeletons } from './card-skeletons.tsx';
import { lastOffset, useKeptPlace } from './use-kept-place.ts';
import { useMore } from './use-more.ts';
import { useRoving } from './use-roving.ts';
import type { ShownList } from './use-shown-ids.ts';

export interface CardListProps {
  list: List;
  shown: ShownList;
  selectedId: ConversationId | undefined;
  /** What stands in place of cards where there are none. */
  empty: React.ReactNode;
  ref: Ref<{ enter(): void }>;
}

/** The cards of a list; only those in sight are drawn. */
export function CardList({ list, shown, selectedId, empty, ref }: CardListProps) {
  const { t } = useTranslation('lists');
  const scroller = useRef<HTMLDivElement>(null);
  const { ids } = shown;
  const active = useRef(-1);
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD_HEIGHT,
    getItemKey: (index) => ids[index] ?? index,
    initialOffset: () => lastOffset(list),
    overscan: 8,
    // What has the focus stays drawn, however far it is scrolled away.
    rangeExtractor: (range) => withIndex(defaultRangeExtractor(range), active.current, ids.length),
  });
  useKeptPlace(list, ids, virtualizer);
  const roving = useRoving({ ids, selectedId, virtualizer });
  active.current = roving.activeIndex;
  const items = virtualizer.getVirtualItems();
  const more = useMore(list, shown, virtualizer.range?.endIndex ?? -1);
  useImperativeHandle(ref, () => ({ enter: roving.enter }));

  const isEmpty = ids.length === 0;
  const isComing = shown.hasMore && !more.isFailed && !more.isPaused;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the links within
    <div
      ref={scroller}
      onKeyDown={roving.onKeyDown}
      onFocus={roving.onFocus}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2"
    >
      {isEmpty && !isComing && !more.isFailed && !more.isPaused && empty}
      <ul
        aria-label={t(`list.${list}`)}
        aria-busy={isComing && isEmpty}
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map(({ index, key, start }) => {
          const id = ids[index];
          return (
            id && (
              <li
                key={key}
                aria-setsize={shown.hasMore ? -1 : ids.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0 top-0 pb-0.5"
                style={{ height: CARD_HEIGHT, transform: `translateY(${start}px)` }}
              >
                <Card
                  id={id}
                  list={list}
                  isSelected={id === selectedId}
                  isActive={id === roving.activeId}
                />
              </li>
            )
          );
        })}
      </ul>
      {isComing && <CardSkeletons count={isEmpty ? 6 : 1} label={t('list.loading')} />}
      {(more.isFailed || more.isPaused) && (
        <div role="alert" className="flex flex-col items-center gap-2 p-4 text-muted text-sm">
          {t(more.isFailed ? 'list.failed' : 'list.paused', { count: shown.loaded })}
          <Button size="small" onClick={more.load}>
            {t(more.isFailed ? 'list.again' : 'list.further')}
          </Button>
        </div>
      )}
    </div>
  );
}

function withIndex(indexes: number[], index: number, count: number): number[] {
  if (index < 0 || index >= count || indexes.includes(index)) return indexes;
  return [...indexes, index].sort((left, right) => left - right);
}
