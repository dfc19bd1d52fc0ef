import type { Row } from './rows.ts';

/** Letters on a line of a bubble, about. */
const LINE = 58;

/** About how high a row will be, in px, until it is drawn and measured. */
export function estimatedHeight(row: Row | undefined): number {
  switch (row?.kind) {
    case 'day':
      return 44;
    case 'new':
      return 32;
    case 'activity':
      return row.isFirst ? 32 : 24;
    case 'note':
      return linesOf(row.entry.text) * 20 + 52;
    case 'message':
      return linesOf(row.text) * 20 + (row.isFirst ? 24 : 14);
    default:
      return 32;
  }
}

const linesOf = (text: string) =>
  text.split('\n').reduce((sum, line) => sum + Math.ceil((line.length + 8) / LINE), 0);

/** The sequence of the last stored entry up to a row; 0: there is none. */
export function lastSeqUntil(rows: readonly Row[], index: number): number {
  for (let place = Math.min(index, rows.length - 1); place >= 0; place--) {
    const row = rows[place];
    if (row?.kind === 'activity' || row?.kind === 'note') return row.entry.seq;
    if (row?.kind === 'message' && row.item.state === 'stored') return row.item.entry.seq;
  }
  return 0;
}

/** How many messages of the contact or of colleagues stand behind a sequence. */
export function newsSince(rows: readonly Row[], seq: number): number {
  let count = 0;
  for (let place = rows.length - 1; place >= 0; place--) {
    const row = rows[place];
    if (row?.kind === 'message' && row.item.state === 'stored') {
      if (row.item.entry.seq <= seq) break;
      count++;
    }
  }
  return count;
}
