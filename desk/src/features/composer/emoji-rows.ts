import { type Emoji, groups } from './emoji.ts';

/** Emojis beside one another. */
const COLUMNS = 9;

export type EmojiRow =
  | { kind: 'heading'; group: keyof typeof groups }
  | { kind: 'emojis'; emojis: readonly Emoji[]; first: number };

/** Rows as they stand below one another: by group, or without headings what was searched for. */
export function emojiRows(emojis: readonly Emoji[], isSearch: boolean): EmojiRow[] {
  if (isSearch) return chunks(emojis, 0);
  let first = 0;
  return (Object.keys(groups) as (keyof typeof groups)[]).flatMap((group) => {
    const own = emojis.filter((emoji) => emoji.group === groups[group]);
    const rows: EmojiRow[] = [{ kind: 'heading', group }, ...chunks(own, first)];
    first += own.length;
    return own.length > 0 ? rows : [];
  });
}

function chunks(emojis: readonly Emoji[], first: number): EmojiRow[] {
  return Array.from({ length: Math.ceil(emojis.length / COLUMNS) }, (_, index) => ({
    kind: 'emojis',
    emojis: emojis.slice(index * COLUMNS, (index + 1) * COLUMNS),
    first: first + index * COLUMNS,
  }));
}

/** Where an arrow leads from the row and column one is at. */
export function neighbour(
  rows: readonly EmojiRow[],
  index: number,
  key: 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight',
): number {
  const all = rows.filter((row) => row.kind === 'emojis');
  const total = all.reduce((sum, row) => sum + row.emojis.length, 0);
  if (total === 0) return -1;
  if (key === 'ArrowLeft') return Math.max(0, index - 1);
  if (key === 'ArrowRight') return Math.min(total - 1, index + 1);
  const at = all.findIndex(({ first, emojis }) => index >= first && index < first + emojis.length);
  const here = all[at];
  const next = all[at + (key === 'ArrowDown' ? 1 : -1)];
  if (!here || !next) return Math.max(0, index);
  return next.first + Math.min(index - here.first, next.emojis.length - 1);
}
