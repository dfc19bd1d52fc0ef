/** A text with what is selected of it. */
export interface Selection {
  text: string;
  start: number;
  end: number;
}

/** What stands around words of a kind, in the Markdown that messages may hold. */
export const markers = { bold: '**', italic: '_', code: '`' } as const;
export type Format = keyof typeof markers;

/** Puts markers around the selection, or takes them off where they are. Blanks at its edges stay outside. */
export function toggled(selection: Selection, format: Format): Selection {
  const marker = markers[format];
  const size = marker.length;
  const { text, start, end } = trimmed(selection);
  if (isWrapped(text, { start: start - size, end: end + size }, marker))
    return unwrapped(text, { start: start - size, end: end + size }, size);
  if (isWrapped(text, { start, end }, marker)) return unwrapped(text, { start, end }, size);
  return {
    text: text.slice(0, start) + marker + text.slice(start, end) + marker + text.slice(end),
    start: start + size,
    end: end + size,
  };
}

function isWrapped(
  text: string,
  { start, end }: { start: number; end: number },
  marker: string,
): boolean {
  if (start < 0 || end > text.length || end - start < 2 * marker.length) return false;
  const part = text.slice(start, end);
  return part.startsWith(marker) && part.endsWith(marker);
}

function unwrapped(
  text: string,
  { start, end }: { start: number; end: number },
  size: number,
): Selection {
  const inner = text.slice(start + size, end - size);
  return {
    text: text.slice(0, start) + inner + text.slice(end),
    start,
    end: start + inner.length,
  };
}

function trimmed({ text, start, end }: Selection): Selection {
  const part = text.slice(start, end);
  if (part.trim() === '') return { text, start, end };
  return {
    text,
    start: start + (part.length - part.trimStart().length),
    end: end - (part.length - part.trimEnd().length),
  };
}
