let stop: (() => void) | undefined;

/**
 * On a phone the open chat fills what the on-screen keyboard leaves, which only the page's own visual
 * viewport knows; and the page behind doesn't scroll.
 */
export function fillViewport(panel: HTMLElement, isOpen: boolean): void {
  stop?.();
  stop = undefined;
  const view = window.visualViewport;
  if (!isOpen || !view || !matchMedia('(max-width:480px),(max-height:420px)').matches) return;
  const { style } = document.documentElement;
  const { overflow } = style;
  const follow = () => {
    panel.style.top = `${view.offsetTop}px`;
    panel.style.height = `${view.height}px`;
  };
  follow();
  style.overflow = 'hidden';
  view.onresize = view.onscroll = follow;
  stop = () => {
    view.onresize = view.onscroll = null;
    style.overflow = overflow;
    panel.style.top = panel.style.height = '';
  };
}
