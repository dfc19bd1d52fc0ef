import { type RefObject, useEffect, useRef, useState } from 'react';

/** How long a mouse rests on something until that is explained; its neighbours follow at once. */
const REST_MS = 500;
/** For so long after one has gone, the next shows at once. */
const NEIGHBOUR_MS = 400;
/** Time for the mouse to reach the tooltip itself, which may be pointed at too (WCAG 1.4.13). */
const REACH_MS = 100;

export interface PointedAt {
  /** What is explained, or was until just now. */
  element: HTMLElement | null;
  isOpen: boolean;
  hide(): void;
}

/** The element with a tooltip on which the mouse rests, or to which the keyboard came. */
export function usePointedAt(popup: RefObject<HTMLElement | null>): PointedAt {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [isOpen, setOpen] = useState(false);
  const hide = useRef(() => setOpen(false));
  useEffect(() => {
    const watch = watchPointing({
      show(next) {
        setElement(next);
        setOpen(true);
      },
      hide: () => setOpen(false),
      isPopup: (node) => popup.current?.contains(node) ?? false,
    });
    hide.current = watch.hide;
    return watch.stop;
  }, [popup]);
  return { element, isOpen, hide: () => hide.current() };
}

interface Shown {
  show(element: HTMLElement): void;
  hide(): void;
  isPopup(node: Node): boolean;
}

function watchPointing({ show, hide, isPopup }: Shown) {
  /** On what the mouse is, whether it is explained or not: what was pressed stays quiet until it is left. */
  let under: HTMLElement | null = null;
  let shown: HTMLElement | null = null;
  let hiddenAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const showNow = (element: HTMLElement) => {
    clearTimeout(timer);
    shown = element;
    show(element);
  };
  const hideNow = () => {
    clearTimeout(timer);
    if (!shown) return;
    shown = null;
    hiddenAt = performance.now();
    hide();
  };
  const rest = (element: HTMLElement) => {
    timer = setTimeout(() => element.isConnected && showNow(element), REST_MS);
  };
  const onPointerOver = ({ target, pointerType }: PointerEvent) => {
    if (pointerType === 'touch' || !(target instanceof Element)) return;
    if (isPopup(target)) return clearTimeout(timer);
    const next = explained(target);
    if (next === under && next !== null) {
      // Back from the tooltip itself.
      if (next === shown) clearTimeout(timer);
      return;
    }
    under = next;
    clearTimeout(timer);
    if (!next) timer = setTimeout(hideNow, REACH_MS);
    else if (shown || performance.now() - hiddenAt < NEIGHBOUR_MS) showNow(next);
    else rest(next);
  };
  const onLeave = ({ relatedTarget }: PointerEvent) => {
    if (relatedTarget !== null) return;
    under = null;
    hideNow();
  };
  const onFocusIn = ({ target }: FocusEvent) => {
    const next = target instanceof Element && target.matches(':focus-visible') && explained(target);
    if (next && next === target) showNow(next);
    else hideNow();
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    // A press of the button, or Escape; other keys move the focus, or nothing.
    if (key === 'Escape' || key === 'Enter' || key === ' ') hideNow();
  };
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  document.addEventListener('pointerover', onPointerOver, options);
  document.addEventListener('pointerout', onLeave, options);
  document.addEventListener('pointerdown', hideNow, options);
  document.addEventListener('focusin', onFocusIn, options);
  document.addEventListener('focusout', hideNow, options);
  document.addEventListener('keydown', onKeyDown, options);
  // It came to rest there before this was fetched.
  under = matchMedia('(hover: hover)').matches
    ? document.querySelector<HTMLElement>('[data-tooltip]:hover')
    : null;
  if (under) rest(under);
  return {
    hide: hideNow,
    stop() {
      hideNow();
      listening.abort();
    },
  };
}

const explained = (target: Element): HTMLElement | null =>
  target.closest<HTMLElement>('[data-tooltip]') ?? cut(target);

/** What is too long for its place is its own explanation, unless the browser shows one. */
function cut(target: Element): HTMLElement | null {
  const element = target.closest<HTMLElement>('.truncate, [class*="line-clamp"]');
  if (!element || element.closest('[title]')) return null;
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
  return scrollWidth > clientWidth || scrollHeight > clientHeight + 1 ? element : null;
}

/** What is said of it. */
export function explanationOf(element: HTMLElement): string {
  const isSeen = (node: Node) => !(node instanceof Element && node.matches('.sr-only'));
  const words = [...element.childNodes].filter(isSeen).map(({ textContent }) => textContent);
  return element.dataset.tooltip ?? words.join('');
}
