/** One emoji, as the picker knows it. */
export interface Emoji {
  unicode: string;
  label: string;
  /** Place in {@link groups}. */
  group: number;
  /** Folded: label, tags and short names, by which it is found. */
  words: string;
  /** As they stand between colons. */
  names: readonly string[];
}

interface Raw {
  unicode: string;
  label: string;
  hexcode: string;
  group?: number;
  order?: number;
  tags?: string[];
}
type Names = Record<string, string | string[]>;

/** The picker's sections, in order, by their number in emojibase-data. Its `component` (2) are skin tones alone. */
export const groups = {
  smileys: 0,
  people: 1,
  nature: 3,
  food: 4,
  travel: 5,
  activities: 6,
  objects: 7,
  symbols: 8,
  flags: 9,
} as const;

/** What emojibase-data ships, in the order in which people look for it. English short names are known everywhere. */
export function emojisOf(raw: readonly Raw[], names: Names): Emoji[] {
  const shown = new Set<number>(Object.values(groups));
  return raw
    .filter(({ group }) => group !== undefined && shown.has(group))
    .sort((left, right) => (left.order ?? 0) - (right.order ?? 0))
    .map(({ unicode, label, hexcode, group = 0, tags = [] }) => {
      const own = [names[hexcode] ?? []].flat();
      const words = [label, ...tags, ...own].join(' ').toLowerCase();
      return { unicode, label, group, words, names: own };
    });
}

/** The best first: a short name that is meant exactly, then those that begin so, then any that hold all words. */
export function searchEmojis(
  emojis: readonly Emoji[],
  search: string,
  limit = Number.POSITIVE_INFINITY,
): Emoji[] {
  const words = search.toLowerCase().trim().split(/\s+/);
  const whole = words.join('_');
  const rank = ({ label, names }: Emoji) => {
    if (names.includes(whole)) return 0;
    if (
      names.some((name) => name.startsWith(whole)) ||
      label.toLowerCase().startsWith(words.join(' '))
    )
      return 1;
    return 2;
  };
  return emojis
    .filter((emoji) => words.every((word) => emoji.words.includes(word)))
    .map((emoji, index) => ({ emoji, index, rank: rank(emoji) }))
    .sort((left, right) => left.rank - right.rank || left.index - right.index)
    .slice(0, limit)
    .map(({ emoji }) => emoji);
}
