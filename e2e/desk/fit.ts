import type { Frame, Page } from 'playwright-core';

/** Letters that run from right to left. */
const TURNED = '[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc]';

/**
 * What somebody would notice who looks at a page full of long names: text that is cut without a sign, at the sides,
 * above or below, what can only be reached sideways, controls that lie outside or under something, and names that turn
 * the words around them.
 * Where something is open over the page, that alone is looked at.
 */
export async function misfitsOf(page: Page | Frame, names: readonly string[]): Promise<string[]> {
  // What is only about to open isn't seen yet.
  await page.waitForFunction(() => !document.querySelector('[data-starting-style]'));
  return page.evaluate(look, { names, turned: TURNED });
}

/** Runs in the page, so that nothing from outside may be used here. */
function look({ names, turned }: { names: readonly string[]; turned: string }): string[] {
  const found = new Set<string>();
  const isTurned = new RegExp(turned);
  const told = (element: Element, what: string) => {
    const said = element.getAttribute('aria-label') ?? element.textContent ?? '';
    const kind = `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`;
    found.add(`${what}: ${kind.slice(0, 90)} “${said.slice(0, 40)}”`);
  };
  const up = function* (from: Element | null) {
    for (let each = from; each; each = each.parentElement) yield each;
  };
  const isSeen = (element: Element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    ![...up(element)].some((each) => getComputedStyle(each).clipPath !== 'none');
  const open = [...document.querySelectorAll('[role=dialog], [role=menu]')].filter(isSeen).at(-1);
  const scope = open ?? document.body;

  const isMeantToBeMoved = (element: Element) =>
    element.matches('pre, .overflow-x-auto, .overflow-auto');
  const isMarkedAsCut = (style: CSSStyleDeclaration) =>
    style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
  /** The first box around it that it stands out of, and what that box does with it. */
  const outOf = (element: Element, box: DOMRect): [Element, 'cut' | 'marked' | 'moved'] | null => {
    let inner = box;
    let marked: Element | null = null;
    for (const each of up(element)) {
      const style = getComputedStyle(each);
      if (style.overflowX === 'visible') continue;
      const edge = each.getBoundingClientRect();
      if (inner.left >= edge.left - 1 && inner.right <= edge.right + 1) continue;
      if (!isMarkedAsCut(style)) return [each, isMeantToBeMoved(each) ? 'moved' : 'cut'];
      // The sign at its end may itself be cut by what is around it.
      marked ??= each;
      inner = edge;
    }
    return marked && [marked, 'marked'];
  };

  /** The first box around it that a line of it stands out of at the top or at the bottom, where one can't be moved to it. */
  const above = (element: Element, line: DOMRect): Element | null => {
    for (const each of up(element)) {
      const { overflowY, contain, display, webkitLineClamp } = getComputedStyle(each);
      if (overflowY === 'auto' || overflowY === 'scroll') return null;
      const isEdge = overflowY !== 'visible' || /strict|content|paint/.test(contain);
      if (!isEdge || display === 'inline' || display === 'contents') continue;
      const edge = each.getBoundingClientRect();
      if (line.top >= edge.top - 1 && line.bottom <= edge.bottom + 1) continue;
      return webkitLineClamp === 'none' ? each : null;
    }
    return null;
  };

  const checkText = (node: Text, parent: Element) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const out = outOf(parent, range.getBoundingClientRect());
    if (out?.[1] === 'cut') told(parent, `is cut by ${out[0].tagName.toLowerCase()}`);
    for (const line of range.getClientRects()) {
      const edge = above(parent, line);
      if (edge) told(parent, `is cut above or below by ${edge.tagName.toLowerCase()}`);
    }
  };

  // What a name does to the words around it.
  const outsideOfIsolates = (text: string) => {
    let rest = text;
    for (let before = ''; before !== rest; ) {
      before = rest;
      rest = rest.replace(/\u2068[^\u2068\u2069]*\u2069/g, '');
    }
    return rest;
  };
  const isOnlyAName = (text: string) => names.includes(text.trim());
  const texts = new Map<Element, string>();
  const checkDirection = (node: Text, parent: Element) => {
    if (!isTurned.test(outsideOfIsolates(node.data))) return;
    // Initials stand alone.
    if (/^(\P{M}\p{M}*){1,2}$/u.test(node.data.trim())) return;
    for (const each of up(parent)) {
      const { unicodeBidi, display } = getComputedStyle(each);
      if (each.matches('bdi, [dir=auto]')) return;
      if (unicodeBidi === 'plaintext') {
        texts.set(each, '');
        return;
      }
      if (display !== 'inline' && display !== 'contents') break;
    }
    told(parent, 'turns what is around it');
  };
  const checkShared = () => {
    for (const element of texts.keys()) {
      const others = [...element.childNodes].filter(
        (node) => !(node instanceof Element) || getComputedStyle(node).display === 'inline',
      );
      const words = others
        .filter((node) => !(node instanceof Element && node.matches('bdi, .sr-only')))
        .map(({ textContent }) => outsideOfIsolates(textContent ?? ''))
        .join('')
        .trim();
      const isMixed = names.some((name) => words.includes(name)) && !isOnlyAName(words);
      if (isMixed) told(element, 'shares its line with a name');
    }
  };
  const checkAttributes = (element: Element) => {
    for (const name of ['title', 'aria-label', 'placeholder', 'data-tooltip']) {
      const text = element.getAttribute(name) ?? '';
      if (isTurned.test(outsideOfIsolates(text)) && !isOnlyAName(text))
        told(element, `${name} is turned`);
    }
  };
  const checkField = (element: Element) => {
    const style = getComputedStyle(element);
    if (element instanceof HTMLSelectElement && style.textOverflow !== 'ellipsis')
      told(element, 'cuts what is chosen');
    if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return;
    if (isTurned.test(element.value) && style.unicodeBidi !== 'plaintext')
      told(element, 'does not turn with what is written');
  };

  const checkPlace = (element: Element) => {
    const before = outOf(element, element.getBoundingClientRect());
    if (before?.[1] === 'cut') return told(element, 'is pushed out');
    if (before?.[1] === 'marked') return;
    element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    const box = element.getClientRects()[0];
    if (!box) return;
    if (box.left < -1 || box.right > innerWidth + 1) return told(element, 'lies outside');
    const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const isFree =
      hit !== null &&
      (element.contains(hit) ||
        hit.contains(element) ||
        // It goes by itself.
        hit.closest('[data-pop-up]') !== null ||
        labels.some((each) => each.contains(hit)));
    if (!isFree) told(element, `lies under ${hit?.outerHTML.slice(0, 80)}`);
  };

  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const parent = node.parentElement;
    if (!parent || !/\S/.test(node.data)) continue;
    if (parent.closest('script, style, option, textarea') || !isSeen(parent)) continue;
    checkText(node, parent);
    checkDirection(node, parent);
  }
  checkShared();
  for (const element of scope.querySelectorAll('*')) checkAttributes(element);
  const controls =
    'button, a[href], input:not([type=file]), select, textarea, [role=menuitem], [role=menuitemradio], [role=option]';
  for (const element of scope.querySelectorAll(controls)) {
    if (!isSeen(element) || getComputedStyle(element).pointerEvents === 'none') continue;
    checkField(element);
    checkPlace(element);
  }
  if (isTurned.test(outsideOfIsolates(document.title))) found.add(`title: ${document.title}`);
  const wider = document.documentElement.scrollWidth - innerWidth;
  if (wider > 0) found.add(`the page hangs over by ${wider} px`);
  return [...found];
}
