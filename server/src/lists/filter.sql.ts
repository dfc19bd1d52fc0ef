import { type List, type ListFilter, searchWords } from '@deskbell/contract';
import type { Parameter } from '../platform/store/connect.ts';

/** Takes a value and answers where a statement finds it (`$8`). */
export type Bind = (value: Parameter) => string;

/** `matches` of the contract in SQL, about conversations `c`; a property test holds the two together. */
export function filterConditions(list: List, filter: ListFilter, bind: Bind): string[] {
  const { inboxIds, teamIds, assigneeIds, labelIds, isFlagged, since, until, closedById } = filter;
  const conditions: string[] = [];
  if (inboxIds) conditions.push(among('c.inbox_id', inboxIds, bind));
  if (teamIds) conditions.push(amongOrNull('c.team_id', idsIn(teamIds, 'none'), bind));
  if (assigneeIds)
    conditions.push(amongOrNull('c.assignee_id', idsIn(assigneeIds, 'nobody'), bind));
  if (labelIds)
    conditions.push(
      `(${labelIds.map((id) => `c.label_ids @> ${bind(JSON.stringify([id]))}::text::jsonb`).join(' or ')})`,
    );
  if (isFlagged !== undefined) conditions.push(isFlagged ? 'c.is_flagged' : 'not c.is_flagged');
  if (closedById) conditions.push(`c.closed_by_id = ${bind(closedById)}::uuid`);
  if (since !== undefined) conditions.push(...dated(list, '>=', `${bind(since)}::bigint`));
  if (until !== undefined) conditions.push(...dated(list, '<', `${bind(until)}::bigint`));
  return conditions;
}

/** `dateOf` of the contract, and beside it what an index has of it. */
function dated(list: List, is: '>=' | '<', time: string): string[] {
  if (list === 'closed') return [`c.closed_at ${is} ${time}`];
  const slot = `c.last_slot ${is === '<' ? '<=' : is} ${time} / 600000`;
  return [slot, `coalesce(c.last_at, c.opened_at) ${is} ${time}`];
}

/** Whether a conversation's text `w.words` holds all words of a search; none for a search that seeks nothing. */
export function searchConditions(search: string, bind: Bind): string[] {
  return searchWords(search).map((word) => `w.words like ${bind(`%${escaped(word)}%`)}`);
}

interface Wanted {
  ids: readonly string[];
  isNullToo: boolean;
}

function idsIn(wanted: readonly string[], none: string): Wanted {
  return { ids: wanted.filter((id) => id !== none), isNullToo: wanted.includes(none) };
}

function amongOrNull(column: string, { ids, isNullToo }: Wanted, bind: Bind): string {
  if (!isNullToo) return among(column, ids, bind);
  return ids.length === 0
    ? `${column} is null`
    : `(${among(column, ids, bind)} or ${column} is null)`;
}

/** One alone as such: then an index by it has them in order. */
function among(column: string, ids: readonly string[], bind: Bind): string {
  const [only, ...others] = ids;
  return only !== undefined && others.length === 0
    ? `${column} = ${bind(only)}::uuid`
    : `${column} = any(${bind(uuids(ids))}::uuid[])`;
}

const uuids = (ids: readonly string[]) => `{${ids.join(',')}}`;

const escaped = (word: string) => word.replace(/[\\%_]/g, '\\$&');
