import type { ServerFrame } from '@deskbell/contract';
import { Connection } from '@deskbell/sdk/connection';
import { noLock, webLock } from '@deskbell/sdk/tab-lock';
import { OUTBOX, type ToLoader } from './bridge.ts';
import { createFrame } from './loader/frame.ts';
import { attempt, keepUnder } from './loader/kept.ts';
import { createLauncher } from './loader/launcher.ts';
import { fillViewport } from './loader/phone.ts';
import { visitorToken } from './loader/token.ts';
import { Unread } from './loader/unread.ts';

/** What a page may do. It also hears `deskbell:unread` on the window: a CustomEvent whose detail is the number. */
interface Deskbell {
  open(): void;
  close(): void;
}
declare global {
  interface Window {
    Deskbell?: Deskbell;
  }
}

/** Another tab's message that is still unsent after this, in ms, is ours to send. */
const ORPHANED_MS = 5_000;

const script = document.currentScript as HTMLScriptElement | null;
const inbox = script?.dataset.inbox;

// A page that runs its scripts again when it swaps its body has the chat already.
if (script && inbox && !window.Deskbell) start(new URL(script.src).origin, inbox);

function start(base: string, key: string): void {
  const name = `deskbell ${base} ${key} `;
  const lang = script?.dataset.lang || document.documentElement.lang || navigator.language;
  const unread = new Unread();
  let frames: ServerFrame[] = [];
  let through: string | undefined;
  let token = '';
  let isOpen = false;
  let isAsked = false;
  let isNews = false;

  const kept = keepUnder(name, (changed, value) => {
    frame.tell({ t: 'kept', key: changed, value });
    if (changed.startsWith(OUTBOX)) setTimeout(sendOrphans, ORPHANED_MS);
  });
  const launcher = createLauncher(lang, {
    click: () => open(!isOpen),
    near: () => frame.load(),
  });
  const frame = createFrame({
    base,
    place: launcher.panel,
    start: () => ({
      base,
      inbox: key,
      token,
      lang,
      kept: kept.all(),
      frames,
      isLive: connection.state.name === 'live',
      isOpen,
      isAsked,
      isNews,
    }),
    hear,
  });
  const connection = new Connection({
    baseUrl: base,
    // Widgets that lost the server together come back over ten seconds; who writes comes at once.
    backoff: { firstMs: 10_000 },
    hello: () => ({
      t: 'hello',
      protocol: 1,
      contact: { inbox: key, token },
      ...(through ? { through } : {}),
    }),
    onFrames: take,
    onState({ name: state }) {
      const isLive = state === 'live';
      frame.tell({ t: 'live', isLive });
      // Opened without a connection, it could not be loaded.
      if (isLive && isOpen) frame.load();
    },
  });
  // Who can't share needs no turn, and where storage is denied locks are as well.
  const lock = (kept.isShared ? webLock : (_: string, on: (isHeld: boolean) => void) => noLock(on))(
    name,
    (isHeld) => frame.tell({ t: 'turn', isHeld }),
  );

  function take(fresh: ServerFrame[]): void {
    for (const each of fresh) remember(each);
    const before = unread.count;
    unread.hear(fresh);
    frame.tell({ t: 'frames', frames: fresh });
    if (!frame.isReady && unread.isUndelivered) tellDelivered();
    if (unread.count > before && fresh.every(({ t }) => t !== 'snapshot')) {
      // It rings.
      isNews = true;
      frame.load();
    }
    if (unread.count === before) return;
    launcher.badge(unread.count);
    dispatchEvent(new CustomEvent('deskbell:unread', { detail: unread.count }));
  }

  /** For a frame that comes later, and for the next hello. */
  function remember(each: ServerFrame): void {
    if (each.t === 'snapshot') {
      frames = [];
      if (each.site) launcher.show(each.site.color);
    }
    if ('entities' in each || each.t === 'site') frames.push(each);
    if ('through' in each && each.through !== undefined) through = `${each.through}`;
  }

  function tellDelivered(): void {
    const { conversationId, newest } = unread;
    connection.send({ t: 'delivered', conversationId, seq: newest } as never);
  }

  function hear(message: ToLoader): void {
    switch (message.t) {
      case 'send':
        return void connection.send(message.frame);
      case 'keep':
        return kept.set(message.key, message.value);
      case 'ask':
        return lock.ask(message.isUrgent);
      case 'release':
        return lock.release();
      case 'hurry':
        return connection.hurry();
      case 'close':
        return open(false);
    }
  }

  function open(is: boolean, asked = true): void {
    if (is) {
      frame.load();
      connection.hurry();
    }
    if (is === isOpen) return;
    isOpen = is;
    isAsked = asked;
    launcher.open(is);
    fillViewport(launcher.panel, is);
    frame.tell({ t: 'open', isOpen, isAsked });
    if (is && asked) frame.focus();
    if (!is) launcher.focus();
    // For this tab's next page.
    attempt(() => {
      sessionStorage[name] = is ? '1' : '';
    });
  }

  function sendOrphans(): void {
    if (Object.keys(kept.all()).some((each) => each.startsWith(OUTBOX))) frame.load();
  }

  async function begin(): Promise<void> {
    token = await visitorToken(kept, name);
    connection.start();
    sendOrphans();
    if (attempt(() => sessionStorage[name])) open(true, false);
  }

  window.Deskbell = { open: () => open(true), close: () => open(false) };
  // Safari has no requestIdleCallback yet.
  (window.requestIdleCallback ?? setTimeout)(() => void begin());
}
