/**
 * The Markdown that messages may use: bold, italic, code, lists and links. The answer is a tree of plain
 * values which a screen turns into elements of its own; there is no HTML in it and no way to get any in.
 * Everything that isn't one of these stands as it was written, line breaks included (`white-space: pre-wrap`).
 */
export type Inline =
  | { t: 'text'; text: string }
  | { t: 'code'; text: string }
  | { t: 'bold' | 'italic'; of: Inline[] }
  /** `href` begins with http:, https:, mailto: or tel:, nothing else. */
  | { t: 'link'; href: string; of: Inline[] };

export type Block =
  | { t: 'paragraph'; of: Inline[] }
  | { t: 'list'; isOrdered: boolean; start: number; items: Inline[][] }
  | { t: 'code'; text: string };

/** Emphasis in emphasis in a link is as deep as it goes; what is deeper stands as written. */
const DEPTH = 4;
/** Longer labels and addresses are no links, in UTF-16 code units. */
const LABEL_LIMIT = 500;
const ADDRESS_LIMIT = 2_000;

const FENCE = /^ {0,3}```[\w+#.-]*[ \t]*$/;
const ITEM = /^ {0,3}(?:[-*•]|(\d{1,9})[.)])[ \t]+(?=\S)/;

/** Takes time in proportion to the text, whatever it holds. */
export function parseMarkdown(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const lastFence = lines.findLastIndex((line) => FENCE.test(line));
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const endParagraph = () => {
    const whole = paragraph.join('\n').replace(/^\n+|\s+$/g, '');
    if (whole !== '') blocks.push({ t: 'paragraph', of: parseInline(whole) });
    paragraph = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (i < lastFence && FENCE.test(line)) {
      endParagraph();
      const end = lines.findIndex((each, at) => at > i && FENCE.test(each));
      blocks.push({ t: 'code', text: lines.slice(i + 1, end).join('\n') });
      i = end;
    } else if (ITEM.test(line)) {
      endParagraph();
      const list = listFrom(lines, i);
      blocks.push(list.block);
      i = list.last;
    } else if (line.trim() === '') {
      endParagraph();
    } else {
      paragraph.push(line);
    }
  }
  endParagraph();
  return blocks;
}

/** The words alone, on one line: for cards, previews and notifications. */
export function plainText(text: string): string {
  return parseMarkdown(text).map(wordsOfBlock).join(' ').replace(/\s+/g, ' ').trim();
}

function wordsOfBlock(block: Block): string {
  if (block.t === 'code') return block.text;
  return block.t === 'list' ? block.items.map(words).join(' ') : words(block.of);
}

function words(of: readonly Inline[]): string {
  return of.map((each) => ('of' in each ? words(each.of) : each.text)).join('');
}

function listFrom(lines: readonly string[], first: number): { block: Block; last: number } {
  const number = ITEM.exec(lines[first] ?? '')?.[1];
  const items: string[] = [];
  let last = first;
  for (let i = first; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const mark = ITEM.exec(line);
    if (mark && (mark[1] === undefined) === (number === undefined)) {
      items.push(line.slice(mark[0].length));
    } else if (/^ {2,}\S/.test(line) && !mark) {
      // An indented line goes on with the item above.
      items.push(`${items.pop() ?? ''}\n${line.trim()}`);
    } else {
      break;
    }
    last = i;
  }
  const start = number === undefined ? 1 : Number(number);
  const block: Block = {
    t: 'list',
    isOrdered: number !== undefined,
    start,
    items: items.map((item) => parseInline(item.trimEnd())),
  };
  return { block, last };
}

/** Where something may begin: an escape, code, emphasis, a link, a bare address. */
const SPECIAL = /[\\`*_[]|https?:\/\//gi;
const ADDRESS = /https?:\/\/[^\s<>"`]+/iy;
const ESCAPED = /[!-/:-@[-`{-~]/;
const WORD = /[\p{L}\p{N}]/u;

interface Scan {
  text: string;
  depth: number;
  /** Inside a link there are no further ones. */
  isLinked: boolean;
  /** Marks that don't end any more in this text, so that nobody looks for their end twice. */
  unended: Set<string>;
}

/** What was found at a place, and where the text goes on behind it. */
interface Found {
  node: Inline;
  end: number;
}

function parseInline(text: string, depth = 0, isLinked = false): Inline[] {
  const scan: Scan = { text, depth, isLinked, unended: new Set() };
  const nodes: Inline[] = [];
  let from = 0;
  let pending = '';
  const special = new RegExp(SPECIAL);
  for (let match = special.exec(text); match; match = special.exec(text)) {
    const at = match.index;
    const found = findAt(scan, at);
    if (found === null) continue;
    pending += text.slice(from, at);
    if (found.node.t === 'text') {
      pending += found.node.text;
    } else {
      if (pending !== '') nodes.push({ t: 'text', text: pending });
      pending = '';
      nodes.push(found.node);
    }
    from = found.end;
    special.lastIndex = found.end;
  }
  pending += text.slice(from);
  if (pending !== '') nodes.push({ t: 'text', text: pending });
  return nodes;
}

function findAt(scan: Scan, at: number): Found | null {
  switch (scan.text[at]) {
    case '\\':
      return escaped(scan, at);
    case '`':
      return code(scan, at);
    case '*':
    case '_':
      return emphasis(scan, at);
    case '[':
      return labelled(scan, at);
    default:
      return bare(scan, at);
  }
}

function escaped({ text }: Scan, at: number): Found | null {
  const next = text[at + 1] ?? '';
  return ESCAPED.test(next) ? { node: { t: 'text', text: next }, end: at + 2 } : null;
}

function code({ text, unended }: Scan, at: number): Found | null {
  if (unended.has('`')) return null;
  const close = text.indexOf('`', at + 1);
  if (close < 0) unended.add('`');
  if (close <= at + 1) return close < 0 ? null : verbatim(text.slice(at, close + 1), close + 1);
  return { node: { t: 'code', text: text.slice(at + 1, close) }, end: close + 1 };
}

/** `**bold**` anywhere; `*italic*` and `_italic_` around whole words, so that 2*3*4 and snake_case stay. */
function emphasis(scan: Scan, at: number): Found | null {
  const { text, depth } = scan;
  const sign = text[at] ?? '';
  const run = runAt(text, at);
  if (run > 2 || (run === 2 && sign === '_')) return verbatim(text.slice(at, at + run), at + run);
  const mark = sign.repeat(run);
  const opens = !isSpace(text[at + run]) && (run === 2 || !isWord(text[at - 1]));
  const close = opens && depth < DEPTH ? closeOf(scan, mark, at + run) : -1;
  if (close < 0) return verbatim(mark, at + run);
  const of = parseInline(text.slice(at + run, close), depth + 1, scan.isLinked);
  return { node: { t: run === 2 ? 'bold' : 'italic', of }, end: close + run };
}

/** Where the mark ends: a run of just that length behind something visible. */
function closeOf({ text, unended }: Scan, mark: string, from: number): number {
  if (unended.has(mark)) return -1;
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at)) {
    const run = runAt(text, at);
    const fits = run === mark.length && at > from && !isSpace(text[at - 1]);
    if (fits && (run === 2 || !isWord(text[at + run]))) return at;
    at += run;
  }
  unended.add(mark);
  return -1;
}

/** `[label](address)` */
function labelled({ text, depth, isLinked }: Scan, at: number): Found | null {
  if (isLinked || depth >= DEPTH) return null;
  const middle = indexWithin(text, '](', { from: at + 1, limit: LABEL_LIMIT });
  if (middle <= at + 1) return null;
  const close = indexWithin(text, ')', { from: middle + 2, limit: ADDRESS_LIMIT });
  const label = text.slice(at + 1, middle);
  if (close < 0 || label.includes('[') || label.trim() === '') return null;
  const href = safeAddress(text.slice(middle + 2, close));
  if (href === null) return null;
  return { node: { t: 'link', href, of: parseInline(label, depth + 1, true) }, end: close + 1 };
}

/** An address that stands in the text by itself, without the punctuation of the sentence around it. */
function bare({ text, isLinked }: Scan, at: number): Found | null {
  if (isWord(text[at - 1])) return null;
  ADDRESS.lastIndex = at;
  const [whole = ''] = ADDRESS.exec(text) ?? [];
  let shown = whole;
  while (/[.,;:!?'*_~)\]}]$/.test(shown) && !endsBalanced(shown)) shown = shown.slice(0, -1);
  const href = isLinked || shown.length > ADDRESS_LIMIT ? null : safeAddress(shown);
  if (href === null) return verbatim(whole, at + whole.length);
  return { node: { t: 'link', href, of: [{ t: 'text', text: shown }] }, end: at + shown.length };
}

/** A closing bracket belongs to the address when it was opened there: …/wiki/Bell_(disambiguation) */
function endsBalanced(address: string): boolean {
  return address.length <= ADDRESS_LIMIT && address.endsWith(')')
    ? address.split('(').length >= address.split(')').length
    : false;
}

/** The address as it may stand in `href`, or null. Asks what is allowed, not what is forbidden. */
export function safeAddress(address: string): string | null {
  const isAllowed = /^(?:https?:\/\/[^\s/?#]|mailto:[^\s@]+@|tel:\+?[\d])/i.test(address);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop some of them from addresses, which could make another one
  return isAllowed && !/[\u0000-\u0020\u007f<>"`\\]/.test(address) ? address : null;
}

const verbatim = (text: string, end: number): Found => ({ node: { t: 'text', text }, end });
const isSpace = (char: string | undefined) => char === undefined || /\s/.test(char);
const isWord = (char: string | undefined) => char !== undefined && WORD.test(char);

function runAt(text: string, at: number): number {
  let end = at;
  while (text[end] === text[at]) end++;
  return end - at;
}

function indexWithin(
  text: string,
  wanted: string,
  { from, limit }: { from: number; limit: number },
): number {
  const index = text.slice(from, from + limit).indexOf(wanted);
  return index < 0 ? -1 : from + index;
}
