import type { ClientFrame, Hello, ServerFrame } from '@deskbell/contract';
import { Backoff, type BackoffOptions } from './backoff.ts';

/** What a client pings after, in ms; the server lets go who is silent for 70 s. */
const HEARTBEAT_MS = 25_000;
/** A ping without any frame in answer means a dead connection, in ms. */
const ANSWER_MS = 10_000;
/** The same when something hints at it: the network came back, the page is looked at again. */
const PROBE_MS = 4_000;
/** From dialling to the server's first frame, in ms. */
const OPEN_MS = 15_000;
/** A timer this much late, in ms: the machine slept, and the server has let go of us. */
const SLEPT_MS = 45_000;
/** A server that goes keeps its lines for some seconds: within this, in ms, each client looks for another one. */
const MOVE_MS = 500;
/** Live for this long, in ms, counts as well: what comes after begins with a short wait again. */
const SETTLED_MS = 5_000;

type Bye = Extract<ServerFrame, { t: 'bye' }>;

/** Why the server won't have this client, however often it asks. `ended`: the client itself hung up. */
export type StopReason =
  | Exclude<Bye['code'], 'restart' | 'slow' | 'unavailable' | 'too-many'>
  | 'ended';

/**
 * `connecting`: dialled, nothing heard yet. `live`: the server's first frame is here. `waiting`: for the
 * next attempt, at `until` (ms since 1970). `stopped`: no further attempt by itself.
 */
export type ConnectionState =
  | { name: 'connecting' }
  | { name: 'live' }
  | { name: 'waiting'; until: number }
  | { name: 'stopped'; reason: StopReason; detail: string };

/** What is used of a WebSocket: the browser's own, Node's, or one that stands in for it. */
export interface Socket {
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface ConnectionOptions {
  /** Where the server is, `https://chat.example.org`. */
  baseUrl: string;
  /** Asked at each attempt, so that it tells what is held by then. */
  hello(): Hello;
  /** The frames of one text frame, in order. Kinds that this release doesn't know are among them. */
  onFrames(frames: ServerFrame[]): void;
  /** After the frames that led to it. */
  onState(state: ConnectionState): void;
  webSocket?: ((url: string) => Socket) | undefined;
  backoff?: BackoffOptions | undefined;
  heartbeatMs?: number | undefined;
  now?: (() => number) | undefined;
}

/** One connection to the server, for as long as the client lives: it dials again whenever it is lost. */
export class Connection {
  private readonly options: ConnectionOptions;
  private readonly backoff: Backoff;
  private readonly now: () => number;
  private readonly heartbeatMs: number;
  private current: ConnectionState = { name: 'waiting', until: 0 };
  private socket: Socket | null = null;
  /** The line to another server, while the one that goes still holds. */
  private next: Socket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isAnswered = false;
  /** Never, while it is not. */
  private liveSince = Number.POSITIVE_INFINITY;

  constructor(options: ConnectionOptions) {
    this.options = options;
    this.backoff = new Backoff(options.backoff ?? { firstMs: 1_000 });
    this.now = options.now ?? Date.now;
    this.heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS;
  }

  get state(): ConnectionState {
    return this.current;
  }

  /** Dials, also again after a stop. */
  start(): void {
    // A second time changes nothing.
    this.watchSurroundings(true);
    if (!this.socket) this.dial();
  }

  /** Hangs up for good. */
  stop(): void {
    this.end('ended', '');
  }

  /** Sends a frame if the connection is live; false: it did not leave. */
  send(frame: ClientFrame): boolean {
    if (this.current.name !== 'live') return false;
    return this.write(frame);
  }

  /** Somebody waits for it: dials now instead of later. */
  hurry(): void {
    if (this.current.name === 'waiting') this.dial();
  }

  /** Something happened around us: dials now, or makes sure soon that the connection still lives. */
  private readonly doubt = (): void => {
    this.hurry();
    if (this.current.name === 'live') this.probe(PROBE_MS);
  };

  private dial(): void {
    this.hangUp();
    this.change({ name: 'connecting' });
    this.socket = this.attach();
  }

  private attach(): Socket | null {
    this.plan(OPEN_MS, () => this.lost());
    try {
      const url = `${this.options.baseUrl.replace(/^http/, 'ws').replace(/\/$/, '')}/api/v1/socket`;
      const socket: Socket = this.options.webSocket?.(url) ?? new WebSocket(url);
      socket.onopen = () => this.write(this.options.hello(), socket);
      socket.onclose = () => (socket === this.next ? this.moveLater() : this.lost());
      socket.onmessage = ({ data }) => this.hear(socket, String(data));
      return socket;
    } catch {
      // A page under a content security policy may forbid the socket outright; there the wait grows.
      this.lost();
      return null;
    }
  }

  private hear(socket: Socket, text: string): void {
    this.isAnswered = true;
    const frames = parse(text);
    const bye = frames?.find((frame): frame is Bye => frame.t === 'bye');
    if (socket === this.next) {
      if (!frames || bye) return this.moveLater();
      // As if the line had broken and were back in the same moment: what is unanswered goes out again.
      letGo(this.socket);
      this.socket = socket;
      this.next = null;
      this.change({ name: 'connecting' });
    }
    if (!frames) return this.lost();
    try {
      this.options.onFrames(frames);
    } finally {
      // Whoever heard them may have hung up.
      if (socket === this.socket) this.goOn(bye);
    }
  }

  private goOn(bye: Bye | undefined): void {
    if (bye) this.dismissed(bye);
    else if (this.current.name === 'connecting') {
      this.liveSince = this.now();
      this.beat();
      this.change({ name: 'live' });
    }
  }

  private dismissed({ code, detail }: Bye): void {
    switch (code) {
      case 'restart':
        // It may be about to close, or keep us until we are elsewhere: that shows by itself.
        return this.moveLater();
      case 'slow':
      case 'unavailable':
      case 'too-many':
        return this.lost();
      default:
        this.end(code, detail);
    }
  }

  private moveLater(): void {
    letGo(this.next);
    this.next = null;
    this.plan(Math.random() * MOVE_MS, () => {
      this.next = this.attach();
    });
  }

  /** Waits a heartbeat, then asks for a sign of life. */
  private beat(): void {
    const due = this.now() + this.heartbeatMs;
    this.plan(this.heartbeatMs, () => {
      if (this.now() - due > SLEPT_MS) this.dial();
      else this.probe(ANSWER_MS);
    });
  }

  private probe(answerMs: number): void {
    this.isAnswered = false;
    this.write({ t: 'ping' });
    this.plan(answerMs, () => {
      if (this.isAnswered) this.beat();
      else this.dial();
    });
  }

  private lost(): void {
    if (this.now() - this.liveSince > SETTLED_MS) this.backoff.reset();
    this.liveSince = Number.POSITIVE_INFINITY;
    this.hangUp();
    const wait = this.backoff.next();
    this.plan(wait, () => this.dial());
    this.change({ name: 'waiting', until: this.now() + wait });
  }

  private end(reason: StopReason, detail: string): void {
    this.hangUp();
    clearTimeout(this.timer);
    this.watchSurroundings(false);
    this.change({ name: 'stopped', reason, detail });
  }

  private hangUp(): void {
    letGo(this.socket);
    letGo(this.next);
    this.socket = null;
    this.next = null;
  }

  private write(frame: ClientFrame, socket = this.socket): boolean {
    if (socket?.readyState !== 1) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  private change(state: ConnectionState): void {
    this.current = state;
    this.options.onState(state);
  }

  /** There is one timer: opening, heartbeat, answer and wait exclude one another. */
  private plan(ms: number, act: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, ms);
  }

  private watchSurroundings(isOn: boolean): void {
    const change = isOn ? 'addEventListener' : 'removeEventListener';
    // Node has neither; a browser's worker has no document.
    if (typeof window !== 'undefined') window[change]('online', this.doubt);
    if (typeof document !== 'undefined') document[change]('visibilitychange', this.doubt);
  }
}

/** It may still speak; it is no longer ours. */
function letGo(socket: Socket | null): void {
  if (!socket) return;
  socket.onclose = socket.onmessage = null;
  socket.close();
}

function parse(text: string): ServerFrame[] | null {
  try {
    const frames: unknown[] = [JSON.parse(text)].flat();
    return frames.every(isFrame) ? frames : null;
  } catch {
    return null;
  }
}

/** The server is trusted to send frames as the contract describes; what isn't even a frame is a broken line. */
function isFrame(value: unknown): value is ServerFrame {
  return value instanceof Object && 't' in value;
}
