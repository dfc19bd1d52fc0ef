import type { WebSocket } from 'ws';

/** What may wait unsent on one connection before it counts as too slow and is let go; it resumes. */
const BUFFER_LIMIT = 4 * 1024 * 1024;
/** A client that sends nothing for this long, not even a ping, is gone. */
const SILENCE_MS = 70_000;

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
    for (const each of batch) each.flush();
  });
}

/** One socket of a client. Frames of one turn leave as one text frame, an array where there are several. */
export class Connection {
  private readonly socket: WebSocket;
  private frames: string[] = [];
  private lastHeard = Date.now();
  private readonly timer: NodeJS.Timeout;

  constructor(socket: WebSocket, on: { text(text: string): void; closed(): void }) {
    this.socket = socket;
    socket.on('message', (data, isBinary) => {
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

  /** Sends a frame given as JSON text, so that one text serves many receivers. */
  send(frame: string): void {
    this.frames.push(frame);
    if (this.frames.length === 1) planFlush(this);
  }

  flush(): void {
    const { frames, socket } = this;
    if (frames.length === 0 || socket.readyState !== socket.OPEN) return;
    this.frames = [];
    const [only] = frames;
    socket.send(frames.length === 1 && only !== undefined ? only : `[${frames.join(',')}]`);
    if (socket.bufferedAmount > BUFFER_LIMIT) socket.terminate();
  }

  /** Says why, then closes. */
  bye(code: string, detail: string): void {
    this.send(JSON.stringify({ t: 'bye', code, detail }));
    this.flush();
    this.socket.close(1000);
  }
}
