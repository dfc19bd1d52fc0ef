import type { ClientFrame, ServerFrame } from '@deskbell/contract';
import { WebSocket } from 'ws';

type FrameOf<Kind extends ServerFrame['t']> = Extract<ServerFrame, { t: Kind }>;

/** A socket of a test: keeps every frame that came, in order, and lets the test wait for the next that fits. */
export class TestSocket {
  readonly frames: ServerFrame[] = [];
  /** The texts as they came, for the question what must not be in them. */
  readonly texts: string[] = [];
  /** The code of the close, once it has come. */
  readonly closed: Promise<number>;
  private readonly socket: WebSocket;
  private readonly waiting = new Set<() => void>();
  private seen = 0;
  private through = -1;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('message', (data) => this.hear(String(data)));
    socket.on('close', () => this.wake());
    socket.on('error', () => undefined);
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<TestSocket> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/socket`, { headers });
    const test = new TestSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    return test;
  }

  send(frame: ClientFrame | string | Buffer): void {
    this.socket.send(
      typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame),
    );
  }

  /** The next frame not yet handed out that is of this kind and fits; those before it are passed over. */
  async next<Kind extends ServerFrame['t']>(
    kind: Kind,
    fits: (frame: FrameOf<Kind>) => boolean = () => true,
  ): Promise<FrameOf<Kind>> {
    for (;;) {
      while (this.seen < this.frames.length) {
        const frame = this.frames[this.seen++];
        if (frame?.t === kind && fits(frame as FrameOf<Kind>)) return frame as FrameOf<Kind>;
      }
      await this.news(kind);
    }
  }

  /** Waits until everything up to a position of the log has been considered for this desk. */
  async reach(position: number): Promise<void> {
    while (this.through < position) await this.news(`changes up to ${position}`);
  }

  /** Waits until the server has read, and answered, all that was said so far. */
  async settle(): Promise<void> {
    this.send({ t: 'ping' });
    await this.next('pong');
  }

  /** Hears nothing more, and may go on speaking. */
  pause(): void {
    this.socket.pause();
  }

  close(): void {
    this.socket.terminate();
  }

  private hear(text: string): void {
    this.texts.push(text);
    const value = JSON.parse(text) as ServerFrame | ServerFrame[];
    for (const frame of Array.isArray(value) ? value : [value]) {
      this.frames.push(frame);
      if ('through' in frame && frame.t !== 'timeline') this.through = Number(frame.through);
    }
    this.wake();
  }

  private wake(): void {
    for (const wake of this.waiting) wake();
  }

  private news(awaited: string): Promise<void> {
    if (this.socket.readyState !== this.socket.OPEN)
      return Promise.reject(new Error(`the socket closed before a ${awaited} frame came`));
    return new Promise((resolve) => {
      const wake = () => {
        this.waiting.delete(wake);
        resolve();
      };
      this.waiting.add(wake);
    });
  }
}
