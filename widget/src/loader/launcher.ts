import { signOn } from '../color.ts';
import { css } from './style.ts';

const SVG = 'http://www.w3.org/2000/svg';
const words = {
  en: { open: 'Open chat', close: 'Close chat', unread: 'unread', chat: 'Chat' },
  de: { open: 'Chat öffnen', close: 'Chat schließen', unread: 'ungelesen', chat: 'Chat' },
};

export interface Launcher {
  /** Shows it, in the inbox's colour. */
  show(color: string): void;
  badge(unread: number): void;
  open(isOpen: boolean): void;
  /** The frame's place. */
  panel: HTMLElement;
  focus(): void;
}

/**
 * The button, its badge and the panel. Built with the DOM alone: a page's content security policy or
 * its Trusted Types may forbid inline styles and HTML from strings, never these.
 */
export function createLauncher(lang: string, on: { click(): void; near(): void }): Launcher {
  const say = words[lang.startsWith('de') ? 'de' : 'en'];
  const host = document.createElement('deskbell-chat');
  const root = host.attachShadow({ mode: 'closed' });
  const button = document.createElement('button');
  const badge = document.createElement('i');
  const panel = document.createElement('div');
  let count = 0;
  let isOpen = false;

  host.lang = lang;
  host.role = 'region';
  host.ariaLabel = say.chat;
  panel.hidden = true;
  button.type = 'button';
  button.append(
    icon('M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.8A8.4 8.4 0 1 1 21 11.5Z'),
    icon('m6 9.5 6 6 6-6'),
    badge,
  );
  button.onclick = on.click;
  button.onpointerenter = button.onfocus = on.near;
  applyStyle(root);
  root.append(panel, button);
  name();

  function name(): void {
    button.ariaLabel = isOpen ? say.close : say.open + (count ? `, ${count} ${say.unread}` : '');
    button.ariaExpanded = `${isOpen}`;
    badge.textContent = isOpen || !count ? '' : `${count}`.replace(/..+/, '9+');
  }

  return {
    panel,
    show(color) {
      host.style.setProperty('--fill', color);
      host.style.setProperty('--sign', signOn(color));
      // Beside the body, so that pages which swap it keep the chat.
      if (!host.isConnected) document.documentElement.append(host);
    },
    badge(unread) {
      count = unread;
      name();
    },
    open(is) {
      isOpen = is;
      panel.hidden = !is;
      name();
    },
    focus: () => button.focus(),
  };
}

function applyStyle(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement('style');
    style.textContent = css;
    root.append(style);
  }
}

function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.ariaHidden = 'true';
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
