/** What is being typed after a colon, and where that begins. */
export interface EmojiWord {
  word: string;
  start: number;
  /** A second colon stands behind it: it is meant as it is, and no longer searched for. */
  isClosed: boolean;
}

/** `:smi` before the caret, or `:smile:`; null where nobody means an emoji (`10:30`, `http://`). */
export function emojiWordAt(text: string, caret: number): EmojiWord | null {
  const before = text.slice(Math.max(0, caret - 40), caret);
  const found = /(?:^|[\s(])(:([\p{L}\p{N}_+-]{2,32})(:?))$/u.exec(before);
  if (!found) return null;
  const [, whole = '', word = '', colon] = found;
  return { word: word.toLowerCase(), start: caret - whole.length, isClosed: colon === ':' };
}
