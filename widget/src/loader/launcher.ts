import type { Site } from '@deskbell/contract';
import type { Shell } from './carry.ts';
import { css } from './style.ts';

const SVG = 'http://www.w3.org/2000/svg';
const BUBBLE = 'M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.8A8.4 8.4 0 1 1 21 11.5Z';
const DOWN = 'm6 9.5 6 6 6-6';
const words = {
  en: { open: 'Open chat', close: 'Close chat', unread: 'unread', chat: 'Chat' },
  de: { open: 'Chat öffnen', close: 'Chat schließen', unread: 'ungelesen', chat: 'Chat' },
};

export interface Launcher extends Shell {
  /** Whether it stands there at all. */
  conceal(isHidden: boolean): void;
}

/**
 * The button, its badge and the panel. Built with the DOM alone: a page's content security policy or
 * its Trusted Types may forbid inline styles and HTML from strings, never these.
 */
export function createLauncher(lang: string, on: { click(): void; near(): void }): Launcher {
  const language = lang.startsWith('de') ? 'de' : 'en';
  const say = words[language];
  const host = document.createElement('deskbell-chat');
  const root = host.attachShadow({ mode: 'closed' });
  const button = document.createElement('button');
  const badge = document.createElement('i');
  const word = document.createElement('b');
  const svg = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'path');
  const panel = document.createElement('div');
  let count = 0;
  let isOpen = false;

  host.lang = lang;
  host.role = 'region';
  host.ariaLabel = say.chat;
  panel.hidden = true;
  button.type = 'button';
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.ariaHidden = 'true';
  svg.append(line);
  button.append(svg, word, badge);
  button.onclick = on.click;
  button.onpointerenter = button.onfocus = on.near;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  root.append(panel, button);
  name();

  function name(): void {
    const { textContent: shown } = word;
    button.ariaLabel = isOpen
      ? say.close
      : (shown && `${shown}: `) + say.open + (count ? `, ${count} ${say.unread}` : '');
    line.setAttribute('d', isOpen ? DOWN : BUBBLE);
    button.ariaExpanded = `${isOpen}`;
    badge.textContent = isOpen || !count ? '' : `${count}`.replace(/..+/, '9+');
  }

  return {
    panel,
    paint({ color, sign, look: { position, distance, launcher, texts } }: Site) {
      const far = `${distance}px`;
      const inline = position === 'start' ? `${far} auto` : `auto ${far}`;
      host.style.cssText = `--fill:${color};--sign:${sign};--far:${far};--at:${inline}`;
      word.textContent = launcher === 'word' ? texts[language].launcher || say.chat : '';
      name();
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
    conceal(is) {
      host.hidden = is;
    },
    focus: () => button.focus(),
  };
}
