import type { ConversationId, List } from '@deskbell/contract';
import { filterSize } from '@deskbell/contract/views/filter';
import { queryKey } from '@deskbell/sdk';
import { useDeferredValue, useRef, useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { fetchedLater } from '../../ui/fetched-later.tsx';
import { OfflineHint } from '../presence/index.ts';
import { CardList } from './card-list.tsx';
import { EmptyList } from './empty-list.tsx';
import { FilterChips, PartGone } from './filter-chips.tsx';
import { FilterButton } from './filter-panel.tsx';
import { InboxFilter } from './inbox-filter.tsx';
import { ListSearchField } from './list-search-field.tsx';
import { ListTabs } from './list-tabs.tsx';
import { type Selection, useSelection } from './selection.ts';
import { SortMenu } from './sort-menu.tsx';
import { useBulk } from './use-bulk.ts';
import { useListWishes } from './use-list-wishes.ts';
import { useSelectionText } from './use-selection-text.ts';
import { type ShownList, useShownList } from './use-shown-list.ts';

const BulkBar = fetchedLater(async () => (await import('./bulk-bar.tsx')).BulkBar);
const BulkProgress = fetchedLater(async () => (await import('./bulk-bar.tsx')).BulkProgress);

interface ListColumnProps {
  list: List;
  conversationId: ConversationId | undefined;
}

/** The lists of the desk: tabs, search, order and filters, inboxes, cards. */
export function ListColumn({ list, conversationId }: ListColumnProps) {
  const { t } = useTranslation('lists');
  const [search, setSearch] = useState('');
  const { sort, filter, isPartGone, sortBy, narrow } = useListWishes(list);
  const cards = useRef<{ enter(): void }>(null);
  const shown = useShownList(list, { sort, filter }, search);
  const selection = useSelection(queryKey(shown.query), shown.ids);
  const bulk = useBulk();
  const isSelecting = selection.isAll || selection.ids.size > 0;
  const clear = () => {
    setSearch('');
    if (filterSize(filter) > 0) narrow({});
  };
  return (
    <>
      <h1 className="sr-only">{t(`list.${list}`)}</h1>
      <ListTabs list={list} />
      <OfflineHint />
      {isSelecting ? (
        <BulkBar {...{ selection, shown, bulk }} />
      ) : (
        <div className="flex items-center gap-0.5 py-2 ps-3 pe-2">
          <ListSearchField
            search={search}
            onChange={setSearch}
            onLeave={() => cards.current?.enter()}
          />
          <SortMenu list={list} sort={sort} onChange={sortBy} />
          <FilterButton list={list} filter={filter} onChange={narrow} />
        </div>
      )}
      <SelectionStatus {...{ selection, shown }} />
      <BulkProgress bulk={bulk} />
      <InboxFilter
        inboxId={filter.inboxIds?.[0] ?? null}
        onChange={(inboxId) =>
          narrow({ ...filter, inboxIds: inboxId === null ? undefined : [inboxId] })
        }
      />
      <FilterChips list={list} filter={filter} onChange={narrow} />
      <PartGone isShown={isPartGone} onForget={() => narrow(filter)} />
      <SearchStatus shown={shown} />
      <CardList
        // Another list is another place.
        key={list}
        ref={cards}
        list={list}
        shown={shown}
        selection={selection}
        selectedId={conversationId}
        empty={<EmptyList {...{ list, filter, search }} onClear={clear} />}
      />
    </>
  );
}

/** Says what is selected; there before anything is, since what comes with its words is often not read out. */
function SelectionStatus({ selection, shown }: { selection: Selection; shown: ShownList }) {
  const { t } = useTranslation('lists');
  const { text } = useSelectionText(selection, shown);
  return (
    <p role="status" className="sr-only">
      {selection.ids.size > 0 && text}
      {selection.ids.size === 1 && `. ${t('bulk.whereTo')}`}
    </p>
  );
}

function SearchStatus({ shown: { query, ids, hasMore, isLoaded } }: { shown: ShownList }) {
  const { t, i18n } = useTranslation('lists');
  const found = useDeferredValue(ids.length);
  const number = new Intl.NumberFormat(i18n.language).format(found);
  return (
    <p role="status" className="px-4 pb-1.5 text-muted text-xs empty:hidden">
      {query.search !== '' &&
        isLoaded &&
        t(hasMore ? 'search.foundMore' : 'search.found', { count: found, number })}
    </p>
  );
}
