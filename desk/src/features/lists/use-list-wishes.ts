import type {
  AgentId,
  InboxId,
  KeptList,
  LabelId,
  List,
  ListFilter,
  Sort,
  TeamId,
} from '@deskbell/contract';
import { sortsOf, usualSort } from '@deskbell/contract/views/lists';
import { useMemo } from 'react';
import { useStore } from '../../app/client.tsx';
import { listsWith, useListCopy } from '../../app/list-copies.ts';
import { keepPreference } from '../../app/preferences.ts';
import { useLabels } from '../labels/use-labels.ts';

/** How a list is sorted and narrowed: the same on all of an agent's devices. */
export interface ListWishes {
  sort: Sort;
  filter: ListFilter;
  /** Part of what it was narrowed to is gone by now, and not in force. */
  isPartGone: boolean;
  sortBy(sort: Sort): void;
  narrow(filter: ListFilter): void;
}

export function useListWishes(list: List): ListWishes {
  const kept = useListCopy(list);
  // Before the snapshot nothing is known, and nothing gone.
  const isHere = useStore((store) => store.me !== null);
  const filter = useFilterInForce(list, kept.filter);
  const sort = kept.sort && sortsOf(list).includes(kept.sort) ? kept.sort : usualSort(list);
  // Out of reach of the server this browser keeps it, and the next change carries it along.
  const keep = (change: KeptList) => void keepPreference({ lists: listsWith(list, change) });
  return {
    sort,
    filter,
    isPartGone: isHere && namedIn(kept.filter ?? {}) > namedIn(filter),
    sortBy: (next) => keep({ ...kept, sort: next }),
    narrow: (next) => keep({ ...kept, filter: stated(next) as KeptList['filter'] }),
  };
}

/** Less what names something that is gone by now: it would hide everything, and nobody could see why. */
function useFilterInForce(list: List, filter: KeptList['filter']): ListFilter {
  const inboxes = useStore((store) => store.entities.inboxes.all());
  const teams = useStore((store) => store.entities.teams.all());
  const agents = useStore((store) => store.entities.agents.all());
  const labels = useLabels();
  return useMemo(() => {
    const ids = new Set<string>([...inboxes, ...teams, ...agents, ...labels].map(({ id }) => id));
    const known = <Id extends string>(given: readonly Id[] | undefined, word?: Id) => {
      const left = given?.filter((id) => id === word || ids.has(id));
      return left && left.length > 0 ? left : undefined;
    };
    return stated({
      ...filter,
      inboxIds: known<InboxId>(filter?.inboxIds),
      teamIds: known<TeamId | 'none'>(filter?.teamIds, 'none'),
      assigneeIds: known<AgentId | 'nobody'>(filter?.assigneeIds, 'nobody'),
      labelIds: known<LabelId>(filter?.labelIds),
      closedById: list === 'closed' ? filter?.closedById : undefined,
    });
  }, [list, filter, inboxes, teams, agents, labels]);
}

/** How many inboxes, teams, people and labels it names. */
const namedIn = ({ inboxIds = [], teamIds = [], assigneeIds = [], labelIds = [] }: ListFilter) =>
  inboxIds.length + teamIds.length + assigneeIds.length + labelIds.length;

function stated(filter: ListFilter): ListFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
