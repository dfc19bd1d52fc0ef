import type { ActivityEntry, Author, NoteEntry, Side } from '@deskbell/contract';
import type { TimelineItem } from '@deskbell/sdk';

/** Messages of one author this close together, in ms, stand as one group. */
export const GROUP_MS = 5 * 60_000;

/** One line of the timeline as it stands on the screen. Keys stay equal while a line means the same. */
export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'new'; key: string }
  /** `isFirst`: something else than what happened stands before it. */
  | { kind: 'activity'; key: string; entry: ActivityEntry; isFirst: boolean }
  | { kind: 'note'; key: string; entry: NoteEntry }
  | MessageRow;

export interface MessageRow {
  kind: 'message';
  key: string;
  item: TimelineItem;
  side: Side;
  author: Author;
  at: number;
  text: string;
  /** The first and the last of a group: where the name stands, and where the time does. */
  isFirst: boolean;
  isLast: boolean;
}

export interface RowsGiven {
  items: readonly TimelineItem[];
  /** Who looks: their own messages that are not stored yet are theirs. */
  me: Author;
  /** The sequence that had been read when the screen opened; null: no 'new' line. */
  readThrough: number | null;
  /** Something lies before the first item. */
  hasEarlier: boolean;
}

/**
 * The timeline with its day marks, groups and the 'new' line before the first unread message of the
 * contact. While something earlier is missing, neither a day nor what is unread is said to begin at the
 * first item: the mark would move when the rest comes, and the screen holds its place by its rows.
 */
export function rowsOf({ items, me, readThrough, hasEarlier }: RowsGiven): Row[] {
  const rows: Row[] = [];
  let day = hasEarlier && items[0] ? dayOf(timeOf(items[0])) : '';
  let isNewShown = readThrough === null || (hasEarlier && isUnknownBefore(items[0], readThrough));
  let group: MessageRow | null = null;
  for (const item of items) {
    const at = timeOf(item);
    const today = dayOf(at);
    if (today !== day) {
      rows.push({ kind: 'day', key: `day:${today}`, at });
      day = today;
      group = null;
    }
    if (!isNewShown && isUnread(item, readThrough ?? 0)) {
      rows.push({ kind: 'new', key: 'new' });
      isNewShown = true;
      group = null;
    }
    const row = rowOf(item, me);
    if (row.kind === 'activity') row.isFirst = isSpoken(rows.at(-1));
    if (row.kind === 'message') group = joinGroup(group, row);
    else group = null;
    rows.push(row);
  }
  return rows;
}

const isSpoken = (row: Row | undefined) => row?.kind === 'message' || row?.kind === 'note';

function joinGroup(group: MessageRow | null, row: MessageRow): MessageRow {
  if (group && isSameGroup(group, row)) {
    group.isLast = false;
    row.isFirst = false;
  }
  return row;
}

function isSameGroup(before: MessageRow, row: MessageRow): boolean {
  return isSameAuthor(before.author, row.author) && row.at - before.at < GROUP_MS;
}

function rowOf(item: TimelineItem, me: Author): Row {
  const { key } = item;
  if (item.state === 'stored' && item.entry.kind === 'activity')
    return { kind: 'activity', key, entry: item.entry, isFirst: false };
  if (item.state === 'stored' && item.entry.kind === 'note')
    return { kind: 'note', key, entry: item.entry };
  const { author, at, text } =
    item.state === 'stored' && item.entry.kind === 'message'
      ? item.entry
      : { author: me, at: timeOf(item), text: item.state === 'stored' ? '' : item.text };
  const side = author.kind === 'contact' ? 'contact' : 'ours';
  return { kind: 'message', key, item, side, author, at, text, isFirst: true, isLast: true };
}

/** Whether what is unread may begin before the first item. */
function isUnknownBefore(first: TimelineItem | undefined, readThrough: number): boolean {
  return first?.state === 'stored' && first.entry.seq > readThrough + 1;
}

function isUnread(item: TimelineItem, readThrough: number): boolean {
  return (
    item.state === 'stored' &&
    item.entry.kind === 'message' &&
    item.entry.author.kind === 'contact' &&
    item.entry.seq > readThrough
  );
}

export function isSameAuthor(left: Author, right: Author): boolean {
  return left.kind === right.kind && idOf(left) === idOf(right);
}

const idOf = (author: Author) => (author.kind === 'system' ? null : author.id);

function timeOf(item: TimelineItem): number {
  return item.state === 'stored' ? item.entry.at : item.at;
}

/** The day by the reader's own calendar. */
function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
