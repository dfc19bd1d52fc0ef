import { useState } from 'react';
import { type EmojiWord, emojiWordAt } from './completion.ts';
import { type Emoji, searchEmojis } from './emoji.ts';
import { useEmojis } from './use-emojis.ts';

/** How many are offered at once. */
const OFFERED = 6;

export interface Completion {
  matches: readonly Emoji[];
  active: number;
  setActive(index: number): void;
  /** Looks at what stands before the caret. */
  look(text: string, caret: number): void;
  close(): void;
  /** The part of the text that a chosen one replaces. */
  word: EmojiWord | null;
}

const nothing: readonly Emoji[] = [];

/** Emojis by name while one types `:smi`. */
export function useCompletion(onMeant: (emoji: Emoji, word: EmojiWord) => void): Completion {
  const [word, setWord] = useState<EmojiWord | null>(null);
  const [active, setActive] = useState(0);
  const { all: emojis } = useEmojis(word !== null);
  const matches = word && emojis ? searchEmojis(emojis, word.word, OFFERED) : nothing;
  return {
    matches,
    active: Math.min(active, Math.max(0, matches.length - 1)),
    setActive,
    word,
    look(text, caret) {
      const next = emojiWordAt(text, caret);
      const meant = next?.isClosed && emojis?.find(({ names }) => names.includes(next.word));
      if (next && meant) onMeant(meant, next);
      setWord(next?.isClosed ? null : next);
      setActive(0);
    },
    close: () => setWord(null),
  };
}
