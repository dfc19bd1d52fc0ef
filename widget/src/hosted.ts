import './hosted.css';
import { carry } from './loader/carry.ts';

/** the chat of one inbox as a page of its own, at /chat/<key>. */
const key = location.pathname.split('/')[2] ?? '';
const lang = new URLSearchParams(location.search).get('lang') ?? navigator.language;
const { documentElement: root } = document;
const panel = document.createElement('div');
const theme = document.createElement('meta');
let name = '';

root.lang = lang;
panel.id = 'panel';
theme.name = 'theme-color';
document.head.append(theme);
document.body.append(panel);

const chat = carry({
  base: location.origin,
  key,
  lang,
  shell: {
    panel,
    paint(site) {
      ({ name } = site);
      root.style.setProperty('--fill', site.color);
      theme.content = site.color;
      badge(0);
    },
    badge,
    open: () => undefined,
    focus: () => undefined,
  },
});
chat.open(true, false);

function badge(unread: number): void {
  document.title = unread > 0 ? `(${unread}) ${name}` : name;
}
