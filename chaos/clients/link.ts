import { WebSocket } from 'ws';
import type { Random } from '../random.ts';

/** A frame of the socket, not looked into yet. */
export interface Frame {
  t: string;
  [field: string]: unknown;
}

const PING_MS = 1_000;
/** A server that says nothing for this long, not even `pong`, is left for another. */
const SILENCE_MS = 3_000;
const BACKOFF_MS = [10, 300] as const;

interface Owner {
  hello(): object;
  /** Said right after `hello`, in order: what is unanswered. */
  unanswered(): object[];
  hear(frame: Frame): void;
}

/** A client's connection, made again whenever it breaks, to whichever server chance picks. */
export class Link {
  connects = 0;
  /** Index of the address it is, or was last, connected to. */
  at = 0;
  private readonly addresses: readonly string[];
  private readonly random: Random;
  private readonly owner: Owner;
  private socket: WebSocket | null = null;
  private heardAt = 0;
  private isClosed = false;
  private readonly timer: NodeJS.Timeout;

  constructor(owner: Owner, given: { addresses: readonly string[]; random: Random }) {
    this.owner = owner;
    this.addresses = given.addresses;
    this.random = given.random;
    this.timer = setInterval(() => this.beat(), PING_MS);
    this.connect();
  }

  /** Says it now where there is a connection; what must not get lost waits in an outbox besides. */
  say(frame: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** Lets go of the connection and makes another. */
  again(): void {
    this.socket?.terminate();
  }

  close(): void {
    this.isClosed = true;
    clearInterval(this.timer);
    this.socket?.terminate();
  }

  private connect(): void {
    this.at = this.random.below(this.addresses.length);
    const socket = new WebSocket(this.addresses[this.at] as string, {
      perMessageDeflate: false,
      handshakeTimeout: SILENCE_MS,
    });
    this.socket = socket;
    this.heardAt = Date.now();
    socket.on('open', () => this.opened());
    socket.on('message', (data) => {
      if (this.socket === socket) this.hear(data.toString());
    });
    // Its end is told by `close`.
    socket.on('error', () => undefined);
    socket.on('close', () => this.closed(socket));
  }

  private opened(): void {
    this.connects += 1;
    this.say(this.owner.hello());
    for (const frame of this.owner.unanswered()) this.say(frame);
  }

  private hear(text: string): void {
    this.heardAt = Date.now();
    for (const frame of [JSON.parse(text)].flat() as Frame[])
      if (frame.t !== 'pong') this.owner.hear(frame);
  }

  private closed(socket: WebSocket): void {
    if (this.socket !== socket || this.isClosed) return;
    this.socket = null;
    setTimeout(
      () => {
        if (!this.isClosed) this.connect();
      },
      this.random.between(...BACKOFF_MS),
    );
  }

  private beat(): void {
    if (this.socket && Date.now() - this.heardAt > SILENCE_MS) return this.again();
    this.say({ t: 'ping' });
  }
}
