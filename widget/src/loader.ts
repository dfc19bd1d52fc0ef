import { carry } from './loader/carry.ts';
import { createLauncher } from './loader/launcher.ts';

type Name = 'ready' | 'open' | 'close' | 'unread' | 'message';
type Listener = (event: CustomEvent) => void;

/** What a page may do (docs/widget.md). */
interface Deskbell {
  open(): void;
  close(): void;
  toggle(): void;
  /** No launcher and no chat on this page, until `show`. */
  hide(): void;
  show(): void;
  /** What is told stands in the event's `detail`. */
  on(name: Name, listener: Listener): void;
  off(name: Name, listener: Listener): void;
  /** One of the above by its name, as a page asks before we are here. */
  push(call: [string, ...unknown[]]): void;
}
declare global {
  interface Window {
    Deskbell?: Deskbell | [string, ...unknown[]][];
  }
}

const script = document.currentScript as HTMLScriptElement | null;
const inbox = script?.dataset.inbox;
const before = window.Deskbell;

// A page that runs its scripts again when it swaps its body has the chat already.
if (script && inbox && (!before || Array.isArray(before))) {
  const lang = script.dataset.lang || document.documentElement.lang || navigator.language;
  const shell = createLauncher(lang, {
    click: () => chat.open(!chat.isOpen),
    near: () => chat.load(),
  });
  const chat = carry({ base: new URL(script.src).origin, key: inbox, lang, shell });
  const on = 'deskbell:';
  const api: Deskbell = {
    open: () => chat.open(true),
    close: () => chat.open(false),
    toggle: () => chat.open(!chat.isOpen),
    hide() {
      chat.open(false);
      shell.conceal(true);
    },
    show: () => shell.conceal(false),
    on(name, listener) {
      addEventListener(on + name, listener as EventListener);
      if (name === 'ready' && chat.isShown) listener(new CustomEvent(on + name));
    },
    off: (name, listener) => removeEventListener(on + name, listener as EventListener),
    push: ([name, ...rest]) =>
      (api as unknown as Record<string, (...rest: unknown[]) => void>)[name]?.(...rest),
  };
  window.Deskbell = api;
  before?.map(api.push);
}
