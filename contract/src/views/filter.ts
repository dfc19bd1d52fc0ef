import type { Conversation } from '../entities.ts';
import type { AgentId, InboxId, LabelId, TeamId } from '../ids.ts';
import { type List, lastActivity, type Sort, usualSort } from './lists.ts';

/** What a list is narrowed to. Of several in one field any will do; all fields must hold. */
export interface ListFilter {
  inboxIds?: readonly InboxId[] | undefined;
  /** `none`: in no team's queue. */
  teamIds?: readonly (TeamId | 'none')[] | undefined;
  /** `nobody`: untaken. */
  assigneeIds?: readonly (AgentId | 'nobody')[] | undefined;
  /** It bears one of these. */
  labelIds?: readonly LabelId[] | undefined;
  isFlagged?: boolean | undefined;
  /** The last message, or the closing, not before; in ms. */
  since?: number | undefined;
  /** The same, before; in ms. */
  until?: number | undefined;
  /** Of closed ones: who closed it. */
  closedById?: AgentId | undefined;
}

/** What a list shows: which, how sorted, and narrowed to what. */
export interface ListQuery {
  list: List;
  sort: Sort;
  filter: ListFilter;
  /** As it was typed; blank: everything. */
  search: string;
}

/** A list as it is without anybody's wishes. */
export const usualQuery = (list: List): ListQuery => ({
  list,
  sort: usualSort(list),
  filter: {},
  search: '',
});

export type FilterFacts = Pick<
  Conversation,
  | 'inboxId'
  | 'teamId'
  | 'assigneeId'
  | 'labelIds'
  | 'isFlagged'
  | 'openedAt'
  | 'lastMessage'
  | 'closedAt'
  | 'closedById'
>;

/** Whether a filter lets a conversation through. `server/src/lists/filter.sql.ts` says the same in SQL. */
export function matches(filter: ListFilter, facts: FilterFacts): boolean {
  const { since, until } = filter;
  const date = dateOf(facts);
  return (
    isAmong(filter.inboxIds, facts.inboxId) &&
    isAmong(filter.teamIds, facts.teamId ?? 'none') &&
    isAmong(filter.assigneeIds, facts.assigneeId ?? 'nobody') &&
    (filter.labelIds === undefined || filter.labelIds.some((id) => facts.labelIds.includes(id))) &&
    (filter.isFlagged === undefined || filter.isFlagged === facts.isFlagged) &&
    (filter.closedById === undefined || filter.closedById === facts.closedById) &&
    (since === undefined || date >= since) &&
    (until === undefined || date < until)
  );
}

/** What a conversation is dated by: its closing, or else the last message. */
export function dateOf(facts: Pick<FilterFacts, 'closedAt' | 'lastMessage' | 'openedAt'>): number {
  return facts.closedAt ?? lastActivity(facts);
}

const isAmong = <Id>(wanted: readonly Id[] | undefined, id: Id) =>
  wanted === undefined || wanted.includes(id);

/** How many fields a filter narrows by. */
export const filterSize = (filter: ListFilter): number =>
  Object.values(filter).filter((value) => value !== undefined).length;

/** A query as it stands in the address of `GET /conversations`. */
export function addressOf(query: ListQuery): Record<string, string | number | undefined> {
  const { list, sort, filter, search } = query;
  return {
    list,
    sort: sort === usualSort(list) ? undefined : sort,
    inboxes: filter.inboxIds?.join(),
    teams: filter.teamIds?.join(),
    assignees: filter.assigneeIds?.join(),
    labels: filter.labelIds?.join(),
    isFlagged: filter.isFlagged?.toString(),
    since: filter.since,
    until: filter.until,
    closedBy: filter.closedById,
    search: search.trim() === '' ? undefined : search,
  };
}
