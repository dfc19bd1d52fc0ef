import type { ConversationId, List } from '@deskbell/contract';
import type { ListQuery } from '@deskbell/contract/views/filter';
import type { ListView } from '@deskbell/sdk';
import { useDeferredValue, useMemo } from 'react';
import { useStore } from '../../app/client.tsx';
import type { ListWishes } from './use-list-wishes.ts';

/** A list as it is shown, with the query that it answers. */
export interface ShownList extends ListView {
  ids: readonly ConversationId[];
  query: ListQuery;
}

/** The list as this agent wishes it, as far as it is loaded. */
export function useShownList(
  list: List,
  { sort, filter }: Pick<ListWishes, 'sort' | 'filter'>,
  typed: string,
): ShownList {
  // A letter appears at once; what it finds may come a frame later.
  const search = useDeferredValue(typed.trim());
  const query = useMemo(() => ({ list, sort, filter, search }), [list, sort, filter, search]);
  const view = useStore((store) => store.list(query));
  return useMemo(() => ({ ...view, query }), [view, query]);
}
