import { type Emoji, emojisOf } from './emoji.ts';

const data = {
  en: () => import('emojibase-data/en/compact.json'),
  de: () => import('emojibase-data/de/compact.json'),
} as const;

const loaded = new Map<string, Promise<readonly Emoji[]>>();

/** All emojis with their names in a language; fetched at first need, English where there is no other. */
export function loadEmojis(language: string): Promise<readonly Emoji[]> {
  const spoken = language in data ? (language as keyof typeof data) : 'en';
  let emojis = loaded.get(spoken);
  if (!emojis) {
    emojis = fetchEmojis(spoken);
    loaded.set(spoken, emojis);
    // Out of reach now may be there the next time.
    emojis.catch(() => loaded.delete(spoken));
  }
  return emojis;
}

async function fetchEmojis(language: keyof typeof data): Promise<readonly Emoji[]> {
  const [raw, names] = await Promise.all([
    data[language](),
    import('emojibase-data/en/shortcodes/github.json'),
  ]);
  return emojisOf(raw.default, names.default);
}
