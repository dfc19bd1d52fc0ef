import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorld, type World } from '../testing/world.ts';

/** The way to the database, which can be cut. */
class Way {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private isOpen = true;

  constructor(databaseUrl: string) {
    const { hostname, port } = new URL(databaseUrl);
    this.server = createServer((near) => {
      if (!this.isOpen) return void near.resetAndDestroy();
      const far = connect(Number(port), hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    });
  }

  async open(databaseUrl: string): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address() as { port: number };
    return Object.assign(new URL(databaseUrl), { port: String(address.port) }).href;
  }

  cut(): void {
    this.isOpen = false;
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  restore(): void {
    this.isOpen = true;
  }

  close(): void {
    this.server.close();
  }
}

let world: World;
let way: Way;
beforeAll(async () => {
  world = await createWorld({}, async (databaseUrl) => {
    way = new Way(databaseUrl);
    return way.open(databaseUrl);
  });
});
afterAll(async () => {
  await world.close();
  way.close();
});

it('a database out of reach is said so, never a failure, and is back by itself', async () => {
  const me = () => world.request(world.ann, '/me');
  expect((await me()).status).toBe(200);
  way.cut();
  const answer = await me();
  expect([answer.status, (await answer.json()) as object]).toEqual([
    503,
    expect.objectContaining({ code: 'unavailable' }),
  ]);
  expect(answer.headers.get('retry-after')).toBe('1');
  way.restore();
  await expect.poll(async () => (await me()).status, { timeout: 8_000 }).toBe(200);
});
