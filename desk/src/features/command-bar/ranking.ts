import { fold } from '@deskbell/contract/views/search-text';

/** What can be looked for: its words, most telling first. */
export interface Findable {
  words: readonly string[];
}

const BEGINS = 4;
const BEGINS_A_WORD = 2;
const CONTAINS = 1;

/**
 * How well all words of a (folded) search fit: the beginning of the name counts more than that of a
 * word in it, that more than a place within, and the first of `words` more than the later ones. 0: not at all.
 */
function scoreOf({ words }: Findable, search: string): number {
  const texts = words.map(fold);
  let total = 0;
  for (const part of search.split(' ')) {
    const best = Math.max(...texts.map((text, index) => placeScore(text, part) / (index + 1)), 0);
    if (best === 0) return 0;
    total += best;
  }
  return total;
}

function placeScore(text: string, part: string): number {
  const place = text.indexOf(part);
  if (place < 0) return 0;
  if (place === 0) return BEGINS;
  return text.includes(` ${part}`) ? BEGINS_A_WORD : CONTAINS;
}

/** Those that fit, best first; of equals the order stays. Without a search all as they come. */
export function ranked<Item extends Findable>(
  items: readonly Item[],
  query: string,
  limit: number,
): Item[] {
  const search = fold(query);
  if (search === '') return items.slice(0, limit);
  return items
    .map((item) => ({ item, score: scoreOf(item, search) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, limit)
    .map(({ item }) => item);
}

/** How well the best of them fits. */
export const bestScore = ([first]: readonly Findable[], query: string): number =>
  first ? scoreOf(first, fold(query)) : 0;
