import type { Activity, Entry, Receipt } from '@deskbell/contract';
import type { TimelineItem } from '@deskbell/sdk/overlay';

/** How far a message of one's own has come; null for messages of others. */
export type Delivery = 'sending' | 'sent' | 'read' | 'failed' | 'expired';

export interface MessageRow {
  kind: 'message';
  key: string;
  /** Who wrote: an agent's id, `contact` or `system`. */
  author: string;
  isOwn: boolean;
  text: string;
  at: number;
  /** Above it stands somebody else's, or some time has passed. */
  isFirst: boolean;
  isLast: boolean;
  /** Shown below it. */
  delivery: Delivery | null;
  /** For what isn't stored yet: names it in the outbox. */
  clientId: string | null;
}

export type Row =
  | MessageRow
  | { kind: 'day'; key: string; at: number }
  | { kind: 'unread'; key: string }
  | { kind: 'activity'; key: string; at: number; activity: Activity; isOwn: boolean };

/** Messages of one author closer together than this, in ms, are one group. */
const GROUP_MS = 5 * 60_000;

interface RowOptions {
  receipt: Receipt | null;
  /** The sequence after which the unread line stands; null: nowhere. */
  readUpTo: number | null;
  dayNumber(at: number): number;
}

/** What stands in the timeline, from top to bottom. */
export function rowsOf(items: readonly TimelineItem[], options: RowOptions): Row[] {
  const rows: Row[] = [];
  let day: number | null = null;
  let isMarked = false;
  for (const item of items) {
    const row = rowOf(item, options);
    if (row === null) continue;
    const ownDay = options.dayNumber(row.at);
    if (ownDay !== day) rows.push({ kind: 'day', key: `day ${ownDay}`, at: row.at });
    day = ownDay;
    if (!isMarked && isAfterMark(item, options.readUpTo)) {
      rows.push({ kind: 'unread', key: 'unread' });
      isMarked = true;
    }
    rows.push(row);
  }
  joinGroups(rows);
  showDelivery(rows);
  return rows;
}

function rowOf(
  item: TimelineItem,
  { receipt }: RowOptions,
): Extract<Row, { at: number; kind: 'message' | 'activity' }> | null {
  if (item.state !== 'stored') {
    const { key, text, at, clientId, state } = item;
    return {
      ...ungrouped,
      key,
      text,
      at,
      clientId,
      author: 'contact',
      isOwn: true,
      delivery: state,
    };
  }
  const { entry, key } = item;
  const { at, author } = entry;
  const isOwn = author.kind === 'contact';
  if (entry.kind === 'activity') {
    const isTold = entry.activity.what !== 'opened';
    return isTold ? { kind: 'activity', key, at, activity: entry.activity, isOwn } : null;
  }
  return {
    ...ungrouped,
    key,
    text: entry.text,
    at,
    clientId: null,
    author: author.kind === 'agent' ? author.id : author.kind,
    isOwn,
    delivery: isOwn ? storedDelivery(entry, receipt) : null,
  };
}

const ungrouped = { kind: 'message', isFirst: true, isLast: true } as const;

function storedDelivery({ seq }: Entry, receipt: Receipt | null): Delivery {
  return receipt && receipt.oursRead >= seq ? 'read' : 'sent';
}

function isAfterMark(item: TimelineItem, readUpTo: number | null): boolean {
  if (readUpTo === null || item.state !== 'stored') return false;
  const { kind, author, seq } = item.entry;
  return kind === 'message' && author.kind !== 'contact' && seq > readUpTo;
}

function joinGroups(rows: readonly Row[]): void {
  for (const [i, row] of rows.entries()) {
    const above = rows[i - 1];
    if (row.kind !== 'message' || above?.kind !== 'message') continue;
    if (row.author !== above.author || row.at - above.at > GROUP_MS) continue;
    row.isFirst = false;
    above.isLast = false;
  }
}

/** It is told once, below the newest it is true of; what fails or waits says so each. */
function showDelivery(rows: readonly Row[]): void {
  const told = new Set<Delivery>();
  for (const row of rows.toReversed()) {
    if (row.kind !== 'message' || !row.delivery) continue;
    const isCalm = row.delivery === 'sent' || row.delivery === 'read';
    if (isCalm && told.size > 0) row.delivery = null;
    else if (isCalm) told.add(row.delivery);
  }
}
