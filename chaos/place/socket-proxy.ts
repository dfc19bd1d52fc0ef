import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Random } from '../random.ts';

type Direction = 'up' | 'down';

/** What happens to a connection after so many more bytes in one direction. */
interface Fuse {
  direction: Direction;
  bytesLeft: number;
  /** `cut`: both ends close. `swallow`: what follows vanishes, as on a dead network, and the ends close later. */
  way: 'cut' | 'swallow';
}

const FUSE_BYTES = 3_000;
const SWALLOW_MS = [300, 2_500] as const;

/** Stands between clients and one server; cuts connections in the middle of a byte stream. */
export class SocketProxy {
  /** How many connections were cut, by way. */
  readonly cuts = { cut: 0, swallow: 0 };
  private readonly server: Server;
  private readonly wires = new Set<Wire>();
  private readonly random: Random;

  private constructor(random: Random, serverPort: number) {
    this.random = random;
    this.server = createServer((client) => this.join(client, serverPort));
  }

  static async open(random: Random, serverPort: number): Promise<SocketProxy> {
    const proxy = new SocketProxy(random, serverPort);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  /** Lays a fuse to each connection with this probability: it goes off at a random byte of either direction. */
  cut(probability: number): void {
    for (const wire of this.wires) {
      if (wire.isFused || !this.random.isLucky(probability)) continue;
      const way = this.random.isLucky(0.6) ? 'cut' : 'swallow';
      this.cuts[way] += 1;
      wire.fuse = {
        direction: this.random.isLucky(0.5) ? 'up' : 'down',
        bytesLeft: this.random.below(FUSE_BYTES),
        way,
      };
    }
  }

  /** Takes back the fuses that haven't gone off. */
  spare(): void {
    for (const wire of this.wires) wire.fuse = null;
  }

  close(): void {
    this.server.close();
    for (const wire of this.wires) wire.end();
  }

  private join(client: Socket, port: number): void {
    const wire = new Wire({ client, server: connect(port, '127.0.0.1'), random: this.random });
    this.wires.add(wire);
    wire.onEnd = () => this.wires.delete(wire);
  }
}

/** One client's connection to its server. */
class Wire {
  fuse: Fuse | null = null;
  onEnd: () => void = () => undefined;
  private swallowed: Direction | null = null;
  private readonly client: Socket;
  private readonly server: Socket;
  private readonly random: Random;

  constructor({ client, server, random }: { client: Socket; server: Socket; random: Random }) {
    this.client = client;
    this.server = server;
    this.random = random;
    for (const socket of [client, server])
      socket
        .setNoDelay(true)
        .on('close', () => this.end())
        // Its end is told by `close`.
        .on('error', () => undefined);
    client.on('data', (bytes) => this.pass('up', bytes));
    server.on('data', (bytes) => this.pass('down', bytes));
  }

  get isFused(): boolean {
    return this.fuse !== null || this.swallowed !== null;
  }

  end(): void {
    this.client.destroy();
    this.server.destroy();
    this.onEnd();
  }

  private pass(direction: Direction, bytes: Buffer): void {
    if (this.swallowed === direction) return;
    const to = direction === 'up' ? this.server : this.client;
    const { fuse } = this;
    if (fuse?.direction !== direction || bytes.length < fuse.bytesLeft) {
      if (fuse?.direction === direction) fuse.bytesLeft -= bytes.length;
      if (!to.destroyed) to.write(bytes);
      return;
    }
    this.goOff(fuse, { to, bytes: bytes.subarray(0, fuse.bytesLeft) });
  }

  private goOff({ way, direction }: Fuse, last: { to: Socket; bytes: Buffer }): void {
    this.fuse = null;
    this.swallowed = direction;
    if (way === 'cut') last.to.end(last.bytes, () => this.end());
    else {
      last.to.write(last.bytes);
      setTimeout(() => this.end(), this.random.between(...SWALLOW_MS)).unref();
    }
  }
}
