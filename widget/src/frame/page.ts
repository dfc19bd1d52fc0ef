import type { ClientFrame } from '@deskbell/contract';
import type { Socket } from '@deskbell/sdk/connection';
import type { OutboxItem, OutboxStorage } from '@deskbell/sdk/outbox-storage';
import type { TabLock } from '@deskbell/sdk/tab-lock';
import { HANDSHAKE, OUTBOX, type Start, type ToFrame, type ToLoader } from '../bridge.ts';

type Listener = (message: ToFrame) => void;

/** The server let this page embed the widget of this inbox, and of no other. */
const admitted = new URLSearchParams(location.search).get('inbox');

/** Waits for the page that carries us to hand over its end of the line. Nobody else is listened to. */
export function meetPage(): Promise<{ page: Page; start: Start }> {
  return new Promise((resolve) => {
    const meet = (event: MessageEvent) => {
      const [port] = event.ports;
      if (event.source !== window.parent || event.data !== HANDSHAKE || !port) return;
      removeEventListener('message', meet);
      port.onmessage = ({ data }: MessageEvent<ToFrame>) => {
        if (data.t !== 'start' || data.inbox !== admitted) return;
        resolve({ page: new Page(port, data), start: data });
      };
    };
    addEventListener('message', meet);
  });
}

/** The page around us: it owns the socket, the storage and the turn among its tabs. */
export class Page {
  private readonly port: MessagePort;
  private readonly listeners = new Set<Listener>();
  readonly kept: Map<string, string>;
  /** What is kept outlives the page. */
  readonly isKept: boolean;
  /** The chat is the whole page, and can't be closed. */
  readonly isHosted = isWholePage();
  isLive: boolean;
  isOpen: boolean;
  /** Somebody opened it by hand, and wants to write. */
  isAsked: boolean;
  /** Frames that came while no {@link PageSocket} was open. */
  unheard: object[];

  constructor(port: MessagePort, { kept, isKept, isLive, isOpen, isAsked, frames }: Start) {
    this.port = port;
    this.kept = new Map(Object.entries(kept));
    this.isKept = isKept;
    this.isLive = isLive;
    this.isOpen = isOpen;
    this.isAsked = isAsked;
    this.unheard = frames;
    port.onmessage = ({ data }: MessageEvent<ToFrame>) => this.hear(data);
  }

  tell(message: ToLoader): void {
    this.port.postMessage(message);
  }

  /** Returns the way to stop. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  keep(key: string, value: string | null): void {
    this.remember(key, value);
    this.tell({ t: 'keep', key, value });
  }

  private hear(message: ToFrame): void {
    if (message.t === 'live') this.isLive = message.isLive;
    if (message.t === 'open') {
      this.isOpen = message.isOpen;
      this.isAsked = message.isAsked;
    }
    if (message.t === 'frames') this.unheard.push(...message.frames);
    if (message.t === 'kept') this.remember(message.key, message.value);
    for (const listener of [...this.listeners]) listener(message);
  }

  private remember(key: string, value: string | null): void {
    if (value === null) this.kept.delete(key);
    else this.kept.set(key, value);
  }
}

/** Our own page around us says so; that of another site can't be asked. */
function isWholePage(): boolean {
  try {
    return 'hosted' in window.parent.document.documentElement.dataset;
  } catch {
    return false;
  }
}

/** Messages that wait for their answer, in the page's storage. */
export function outboxStorage(page: Page): OutboxStorage {
  return {
    load: () =>
      [...page.kept].flatMap(([key, value]) => (key.startsWith(OUTBOX) ? parse(value) : [])),
    put: (item) => page.keep(OUTBOX + item.clientId, JSON.stringify(item)),
    remove: (clientId) => page.keep(OUTBOX + clientId, null),
    listen: (tell) =>
      page.listen((message) => {
        if (message.t !== 'kept' || !message.key.startsWith(OUTBOX)) return;
        const [item = null] = message.value === null ? [] : parse(message.value);
        tell(message.key.slice(OUTBOX.length), item);
      }),
  };
}

/** The page's turn among its tabs. */
export function pageLock(page: Page, onChange: (isHeld: boolean) => void): TabLock {
  page.listen((message) => {
    if (message.t === 'turn') onChange(message.isHeld);
  });
  return {
    ask: (isUrgent) => page.tell({ t: 'ask', isUrgent }),
    release: () => page.tell({ t: 'release' }),
  };
}

/**
 * The page's socket, as the client's connection sees it. The page says hello, pings and dials again by
 * itself; the connection here only follows whether it lives, so both questions are answered on the spot.
 */
export class PageSocket implements Socket {
  readyState: number = WebSocket.CONNECTING;
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  private readonly page: Page;
  private readonly leave: () => void;

  constructor(page: Page) {
    this.page = page;
    this.leave = page.listen((message) => {
      if (message.t === 'frames' && this.readyState === WebSocket.OPEN) this.catchUp();
      if (message.t === 'live') this.follow(message.isLive);
    });
    setTimeout(() => this.open());
  }

  send(text: string): void {
    const frame = JSON.parse(text) as ClientFrame;
    if (frame.t === 'hello') this.begin();
    else if (frame.t !== 'ping') this.page.tell({ t: 'send', frame });
    else if (this.page.isLive) this.say([{ t: 'pong' }]);
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
    this.leave();
  }

  private open(): void {
    if (this.readyState !== WebSocket.CONNECTING) return;
    this.readyState = WebSocket.OPEN;
    this.onopen?.call(this as never, new Event('open'));
  }

  private begin(): void {
    const hasNews = this.catchUp();
    if (this.page.isLive && !hasNews) this.say([{ t: 'pong' }]);
    // What was held before the line broke is shown, but nothing can be sent.
    if (!this.page.isLive && hasNews) this.lose();
  }

  /** Frames that fell between two sockets are heard by the later one. */
  private catchUp(): boolean {
    const frames = this.page.unheard;
    this.page.unheard = [];
    if (frames.length > 0) this.say(frames);
    return frames.length > 0;
  }

  private follow(isLive: boolean): void {
    if (!isLive) this.lose();
    else if (this.readyState === WebSocket.OPEN) this.say([{ t: 'pong' }]);
  }

  private lose(): void {
    this.close();
    this.onclose?.call(this as never, new CloseEvent('close'));
  }

  private say(frames: readonly object[]): void {
    const data = JSON.stringify(frames);
    this.onmessage?.call(this as never, new MessageEvent('message', { data }));
  }
}

function parse(text: string): OutboxItem[] {
  try {
    return [JSON.parse(text) as OutboxItem];
  } catch {
    return [];
  }
}
