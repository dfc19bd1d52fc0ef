import type { ServerFrame, Site } from '@deskbell/contract';
import { Connection } from '@deskbell/sdk/connection';
import { noLock, webLock } from '@deskbell/sdk/tab-lock';
import { OUTBOX, type ToLoader } from '../bridge.ts';
import { createFrame } from './frame.ts';
import { attempt, keepUnder } from './kept.ts';
import { fillViewport } from './phone.ts';
import { visitorToken } from './token.ts';
import { Unread, type Written } from './unread.ts';

/** What stands around the chat: the launcher and its panel, or a page of its own. */
export interface Shell {
  /** The frame's place. */
  panel: HTMLElement;
  /** The inbox as it looks now; at first, and whenever that changes. */
  paint(site: Site): void;
  badge(unread: number): void;
  open(isOpen: boolean): void;
  focus(): void;
}

/** What the page hears as `deskbell:…` on its window: CustomEvents, each with its `detail`. */
export interface Happenings {
  /** It is connected, and the launcher stands. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** How many messages of ours wait to be read. */
  unread: number;
  /** A message was written while the page is here. */
  message: Written;
}

export interface Carried {
  open(isOpen: boolean, isAsked?: boolean): void;
  load(): void;
  isOpen: boolean;
  /** The first `ready` was told. */
  isShown: boolean;
}

/** Another tab's message that is still unsent after this, in ms, is ours to send. */
const ORPHANED_MS = 5_000;

/** Carries the chat of one inbox on this page: its secret, its outbox, its socket and its frame. */
export function carry({
  base,
  key,
  lang,
  shell,
}: {
  base: string;
  key: string;
  lang: string;
  shell: Shell;
}): Carried {
  const name = `deskbell ${base} ${key} `;
  const unread = new Unread((message) => tellPage('message', message));
  const site = {} as Site;
  let frames: ServerFrame[] = [];
  let through: string | undefined;
  let token = '';
  let isAsked = false;
  let isNews = false;

  const kept = keepUnder(name, (changed, value) => {
    frame.tell({ t: 'kept', key: changed, value });
    if (changed.startsWith(OUTBOX)) setTimeout(sendOrphans, ORPHANED_MS);
  });
  const frame = createFrame({
    base,
    inbox: key,
    place: shell.panel,
    start: () => ({
      base,
      inbox: key,
      token,
      lang,
      kept: kept.all(),
      isKept: kept.isShared,
      frames,
      isLive: connection.state.name === 'live',
      isOpen: carried.isOpen,
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
    onState(state) {
      const isLive = state.name === 'live';
      frame.tell({ t: 'live', isLive });
      // Opened without a connection, it could not be loaded.
      if (isLive && carried.isOpen) frame.load();
      // For whoever put the script tag here: the server says what is wrong with it.
      if (state.name === 'stopped') console.error(`Deskbell: ${state.detail}`);
    },
  });
  // Who can't share needs no turn, and where storage is denied locks are as well.
  const lock = (kept.isShared ? webLock : (_: string, on: (isHeld: boolean) => void) => noLock(on))(
    name,
    (isHeld) => frame.tell({ t: 'turn', isHeld }),
  );

  function take(fresh: ServerFrame[]): void {
    const before = unread.count;
    unread.hear(fresh);
    for (const each of fresh) remember(each);
    frame.tell({ t: 'frames', frames: fresh });
    if (!frame.isReady && unread.isUndelivered) tellDelivered();
    if (unread.count > before && fresh.every(({ t }) => t !== 'snapshot')) {
      // It rings.
      isNews = true;
      frame.load();
    }
    if (unread.count === before) return;
    shell.badge(unread.count);
    tellPage('unread', unread.count);
  }

  /** For a frame that comes later, and for the next hello. */
  function remember(each: ServerFrame): void {
    if (each.t === 'snapshot') frames = [];
    const news = each.t === 'site' ? each : each.t === 'snapshot' && each.site;
    if (news) {
      shell.paint(Object.assign(site, news));
      if (!carried.isShown) tellPage('ready');
      carried.isShown = true;
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
      // Asked before we have begun, it dials by itself.
      if (token) connection.hurry();
    }
    if (is === carried.isOpen) return;
    carried.isOpen = is;
    isAsked = asked;
    shell.open(is);
    fillViewport(shell.panel, is);
    frame.tell({ t: 'open', isOpen: is, isAsked });
    if (is && asked) frame.focus();
    if (!is) shell.focus();
    // For this tab's next page.
    attempt(() => {
      sessionStorage[name] = is ? '1' : '';
    });
    tellPage(is ? 'open' : 'close');
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

  const carried: Carried = { open, load: frame.load, isOpen: false, isShown: false };
  // Safari has no requestIdleCallback yet.
  (window.requestIdleCallback ?? setTimeout)(() => void begin());
  return carried;
}

function tellPage<Name extends keyof Happenings>(name: Name, detail?: Happenings[Name]): void {
  dispatchEvent(new CustomEvent(`deskbell:${name}`, { detail }));
}
