import { plainText } from '@deskbell/contract/markdown';

/** A few hundred, so that scrolling back and forth parses nothing twice. */
const LIMIT = 400;
const previews = new Map<string, string>();

/** A message's words on one line, without their Markdown. */
export function previewOf(text: string): string {
  const known = previews.get(text);
  if (known !== undefined) return known;
  const preview = plainText(text) || text;
  if (previews.size >= LIMIT) previews.clear();
  previews.set(text, preview);
  return preview;
}
