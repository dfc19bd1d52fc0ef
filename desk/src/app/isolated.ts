/** Letters that run from right to left, and the mark that stands for one. */
const TURNED =
  /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

const isPageTurned = () => globalThis.document?.documentElement.dir === 'rtl';

/**
 * What stands in a sentence without turning the words around it, in titles and names too, where no element can
 * be: between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (Unicode Standard Annex 9). What runs the way of
 * the page stays bare, so that what is copied and searched is what was written.
 */
export function isolated(text: string): string {
  const isToBe = isPageTurned() ? /\p{L}/u.test(text) : TURNED.test(text);
  return isToBe ? `\u2068${text}\u2069` : text;
}
