import { WebSocket } from 'ws';

const PONG = '{"t":"pong"}';

/** Desks that only count what they are sent. */
export class Crowd {
  frames = 0;
  bytes = 0;
  private readonly sockets: WebSocket[] = [];
  private waiting: { until: number; go: () => void; fail: (error: Error) => void } | null = null;
  private isLeaving = false;

  /** `first`: what each says, one after the other; it is there when as many frames have come. */
  async join(url: string, first: readonly string[]): Promise<void> {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 2 ** 26 });
    this.sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    for (const frame of first) {
      const answered = new Promise<void>((resolve) => socket.once('message', () => resolve()));
      socket.send(frame);
      await answered;
    }
    socket.on('message', (data: Buffer) => {
      if (data.length !== PONG.length || data.toString() !== PONG) this.count(data.length);
    });
    socket.on('close', (code) => {
      if (!this.isLeaving) this.waiting?.fail(new Error(`a desk was let go with ${code}`));
    });
  }

  /** Each says that it is still there, as desks do: a server lets go of who is silent. */
  async ping(): Promise<void> {
    const answered = this.sockets.map((socket) => {
      socket.send('{"t":"ping"}');
      return new Promise<void>((resolve) =>
        socket.on('message', function look(data: Buffer) {
          if (data.toString() !== PONG) return;
          socket.off('message', look);
          resolve();
        }),
      );
    });
    await Promise.all(answered);
  }

  get size(): number {
    return this.sockets.length;
  }

  /** Does something, and resolves when so many further frames have come. */
  async after(frames: number, act: () => void): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.waiting = { until: this.frames + frames, go: resolve, fail: reject };
    act();
    await promise;
  }

  leave(): void {
    this.isLeaving = true;
    for (const socket of this.sockets) socket.close();
  }

  private count(bytes: number): void {
    this.frames += 1;
    this.bytes += bytes;
    if (!this.waiting || this.frames < this.waiting.until) return;
    const { go } = this.waiting;
    this.waiting = null;
    go();
  }
}
