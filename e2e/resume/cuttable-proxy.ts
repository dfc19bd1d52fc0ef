import { connect, createServer, type Server, type Socket } from 'node:net';
import { FrameReader, type SocketFrame } from './socket-frames.ts';

/** From the client to the server, or back. */
export type Direction = 'up' | 'down';

/**
 * What becomes of a frame: `pass` it; `drop` it, as if the network had swallowed it; `cut` the line before
 * it, within it, or right after it.
 */
export type Verdict = 'pass' | 'drop' | 'cut before' | 'cut within' | 'cut after';

/** Looks at each frame of a WebSocket that comes by. */
export type Judge = (direction: Direction, text: string) => Verdict;

const UPGRADE = /\r\nupgrade: websocket\r\n/i;
const HEAD_END = '\r\n\r\n';

/** A stretch of network between a client and the server that a test may cut, hold or make lossy. */
export class CuttableProxy {
  /** Where clients dial. */
  url = '';
  /** What becomes of each frame; a test changes it as it goes. */
  judge: Judge = () => 'pass';
  /** false: nobody gets through. */
  isReachable = true;
  private targets: URL[];
  private turn = 0;
  private readonly server: Server;
  private readonly lines = new Set<Line>();
  private isHeld = false;

  private constructor(target: string) {
    this.targets = [new URL(target)];
    this.server = createServer((client) => this.accept(client));
  }

  static async open(target: string): Promise<CuttableProxy> {
    const proxy = new CuttableProxy(target);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    const address = proxy.server.address();
    if (address === null || typeof address === 'string') throw new Error('it listens on a port');
    proxy.url = `http://127.0.0.1:${address.port}`;
    return proxy;
  }

  /** Leads to other servers from the next connection on: to each in turn. */
  redirect(...targets: string[]): void {
    this.targets = targets.map((target) => new URL(target));
  }

  /** Breaks every connection there is. */
  cut(): void {
    for (const line of this.lines) line.cut();
  }

  /** Keeps all bytes back, as a sleeping machine or a dead network does: neither side hears of it. */
  hold(): void {
    this.isHeld = true;
    for (const line of this.lines) line.hold(true);
  }

  release(): void {
    this.isHeld = false;
    for (const line of this.lines) line.hold(false);
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(client: Socket): void {
    if (!this.isReachable) return void client.destroy();
    const target = this.targets[this.turn++ % this.targets.length];
    if (!target) return void client.destroy();
    const server = connect(Number(target.port), target.hostname);
    const line = new Line({ client, server }, (direction, text) => this.judge(direction, text));
    this.lines.add(line);
    line.hold(this.isHeld);
    void line.ended.then(() => this.lines.delete(line));
  }
}

/** One connection: bytes as they come until it becomes a WebSocket, then frame by frame. */
class Line {
  readonly ended: Promise<void>;
  private readonly ends: { client: Socket; server: Socket };
  private readonly judge: Judge;
  private isSocket = false;

  constructor(ends: { client: Socket; server: Socket }, judge: Judge) {
    this.ends = ends;
    this.judge = judge;
    const { client, server } = ends;
    this.ended = new Promise((resolve) => client.once('close', () => resolve()));
    for (const end of [client, server]) {
      end.on('error', () => undefined);
      end.on('close', () => this.cut());
    }
    this.carry('up', { from: client, to: server });
    this.carry('down', { from: server, to: client });
  }

  cut(): void {
    this.ends.client.destroy();
    this.ends.server.destroy();
  }

  hold(isHeld: boolean): void {
    for (const end of [this.ends.client, this.ends.server]) {
      if (isHeld) end.pause();
      else end.resume();
    }
  }

  private carry(direction: Direction, { from, to }: { from: Socket; to: Socket }): void {
    const reader = new FrameReader();
    let isHead = true;
    from.on('data', (chunk: Buffer) => {
      let body = chunk;
      if (isHead) {
        const head = this.headOf(chunk);
        if (direction === 'up') this.isSocket = UPGRADE.test(chunk.toString('latin1'));
        if (!this.isSocket) return void to.write(chunk);
        isHead = false;
        to.write(chunk.subarray(0, head));
        body = chunk.subarray(head);
      }
      for (const frame of reader.read(body)) if (!this.pass(direction, frame, to)) return;
    });
  }

  private headOf(chunk: Buffer): number {
    const end = chunk.indexOf(HEAD_END);
    return end === -1 ? chunk.length : end + HEAD_END.length;
  }

  /** false: the line is cut. */
  private pass(direction: Direction, frame: SocketFrame, to: Socket): boolean {
    const verdict = frame.text === '' ? 'pass' : this.judge(direction, frame.text);
    if (verdict === 'pass' || verdict === 'cut after') to.write(frame.bytes);
    if (verdict === 'cut within') to.write(frame.bytes.subarray(0, frame.bytes.length >> 1));
    if (!verdict.startsWith('cut')) return true;
    // What was written still has to leave before the line breaks.
    to.end(() => this.cut());
    this.ends.client.removeAllListeners('data');
    this.ends.server.removeAllListeners('data');
    return false;
  }
}
