import type { ConversationId, InboxId, List } from '@deskbell/contract';
import { useDeferredValue, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../app/client.tsx';
import { useKept } from '../../app/kept.ts';
import { CardList } from './card-list.tsx';
import { EmptyList } from './empty-list.tsx';
import { InboxFilter } from './inbox-filter.tsx';
import { ListSearchField } from './list-search-field.tsx';
import { ListTabs } from './list-tabs.tsx';
import { useShownIds } from './use-shown-ids.ts';

interface ListColumnProps {
  list: List;
  conversationId: ConversationId | undefined;
}

/** The lists of the desk (R-2.1): tabs, inboxes, search, cards. */
export function ListColumn({ list, conversationId }: ListColumnProps) {
  const { t } = useTranslation('lists');
  const [search, setSearch] = useState('');
  const [inboxId, setInboxId] = useInboxFilter();
  const cards = useRef<{ enter(): void }>(null);
  const shown = useShownIds(list, { inboxId, search });
  const clear = () => {
    setSearch('');
    setInboxId(null);
  };
  return (
    <>
      <h1 className="sr-only">{t(`list.${list}`)}</h1>
      <ListTabs list={list} />
      <ListSearchField
        search={search}
        onChange={setSearch}
        onLeave={() => cards.current?.enter()}
      />
      <InboxFilter inboxId={inboxId} onChange={setInboxId} />
      <SearchStatus search={search} found={shown.ids.length} isGoingOn={shown.hasMore} />
      <CardList
        // Another list is another place.
        key={list}
        ref={cards}
        list={list}
        shown={shown}
        selectedId={conversationId}
        empty={<EmptyList {...{ list, inboxId, search }} onClear={clear} />}
      />
    </>
  );
}

/** The inbox that is shown alone; one that this agent no longer sees filters nothing. */
function useInboxFilter(): [InboxId | null, (inboxId: InboxId | null) => void] {
  const [kept, setKept] = useKept<string | null>('list-inbox', null, isText);
  const inbox = useStore((store) => store.entities.inboxes.get(kept ?? ''));
  return [inbox?.id ?? null, setKept];
}

const isText = (value: unknown): value is string | null =>
  value === null || typeof value === 'string';

interface SearchStatusProps {
  search: string;
  found: number;
  isGoingOn: boolean;
}

function SearchStatus({ search, found, isGoingOn }: SearchStatusProps) {
  const { t } = useTranslation('lists');
  const isOn = useDeferredValue(search.trim() !== '');
  return (
    <p role="status" className="px-4 pb-1.5 text-muted text-xs empty:hidden">
      {isOn &&
        `${t('search.found', { count: found })}${isGoingOn ? ` · ${t('search.goingOn')}` : ''}`}
    </p>
  );
}
