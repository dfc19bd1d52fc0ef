import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { textFrame } from './text-frame.ts';

/** What may wait unsent on one connection before it counts as too slow and is let go; it resumes. */
const BUFFER_LIMIT = 4 * 1024 * 1024;
/** A client that sends nothing for this long, not even a ping, is gone. */
const SILENCE_MS = 70_000;

/** JSON text, or its {@link textFrame} where many get the same in several turns. */
export type Frame = string | Buffer;

/** What is written in one turn, by its text: what many are sent is encoded once. */
type Encoded = Map<string, Buffer>;

/** Connections with frames to send, written together once per turn of the event loop. */
const waiting = new Set<Connection>();
let isFlushPlanned = false;

function planFlush(connection: Connection): void {
  waiting.add(connection);
  if (isFlushPlanned) return;
  isFlushPlanned = true;
  setImmediate(() => {
    isFlushPlanned = false;
    const batch = [...waiting];
    waiting.clear();
    const encoded: Encoded = new Map();
    for (const each of batch) each.flush(encoded);
  });
}

/** One socket of a client. Frames of one turn leave as one text frame, an array where there are several. */
export class Connection {
  private readonly socket: WebSocket;
  private readonly wire: Duplex;
  private frames: Frame[] = [];
  private lastHeard = Date.now();
  private readonly timer: NodeJS.Timeout;

  /** `wire`: what the socket was upgraded from. Texts are written to it directly, all else is left to `ws`. */
  constructor(socket: WebSocket, wire: Duplex, on: { text(text: string): void; closed(): void }) {
    this.socket = socket;
    this.wire = wire;
    socket.on('message', (data, isBinary) => {
      // Who was told to go may stay for a while, but has nothing more to say.
      if (socket.readyState !== socket.OPEN) return;
      this.lastHeard = Date.now();
      on.text(isBinary ? '' : data.toString());
    });
    socket.on('close', () => {
      clearInterval(this.timer);
      on.closed();
    });
    // A broken connection closes as well; there is nobody to tell.
    socket.on('error', () => socket.terminate());
    this.timer = setInterval(() => {
      if (Date.now() - this.lastHeard > SILENCE_MS) socket.terminate();
    }, SILENCE_MS / 2);
    this.timer.unref();
  }

  /** Sends a frame given as JSON text, or as the bytes of one, so that one serves many receivers. */
  send(frame: Frame): void {
    this.frames.push(frame);
    if (this.frames.length === 1) planFlush(this);
  }

  flush(encoded: Encoded = new Map()): void {
    const { frames, socket, wire } = this;
    if (frames.length === 0 || socket.readyState !== socket.OPEN || !wire.writable) return;
    this.frames = [];
    let texts: string[] = [];
    for (const frame of frames) {
      if (typeof frame === 'string') texts.push(frame);
      else {
        this.write(texts, encoded);
        texts = [];
        this.wire.write(frame);
      }
    }
    this.write(texts, encoded);
    if (wire.writableLength > BUFFER_LIMIT) socket.terminate();
  }

  private write(texts: readonly string[], encoded: Encoded): void {
    const [only] = texts;
    if (only === undefined) return;
    const text = texts.length === 1 ? only : `[${texts.join(',')}]`;
    const frame = encoded.get(text) ?? textFrame(text);
    encoded.set(text, frame);
    this.wire.write(frame);
  }

  /** Reads no more until `resume`: what comes faster than it can be done waits at the client. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  /** Says that it is about to close. Until the client has gone elsewhere all goes on. */
  sendAway(code: string, detail: string): void {
    this.send(JSON.stringify({ t: 'bye', code, detail }));
  }

  /** Says why, then closes. */
  bye(code: string, detail: string): void {
    this.send(JSON.stringify({ t: 'bye', code, detail }));
    this.flush();
    this.socket.close(1000);
  }
}
