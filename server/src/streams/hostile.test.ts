import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createWorld, type World } from '../testing/world.ts';

/** What clients do that mean no good, or that something between us and them does to them. */

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** A bare connection that has asked for a socket at another address. */
function upgrading(address: string): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const port = Number(new URL(world.url).port);
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const asked = ['Host: desk', 'Connection: Upgrade', 'Upgrade: websocket'];
  socket.on('error', reject);
  socket.on('connect', () =>
    socket.write(`GET ${address} HTTP/1.1\r\n${asked.join('\r\n')}\r\n\r\n`, () => resolve(socket)),
  );
  return promise;
}

it('a socket at a wrong address that breaks at once is nobody else’s end', async () => {
  const uncaught: unknown[] = [];
  const note = (error: unknown) => void uncaught.push(error);
  process.on('uncaughtException', note);
  try {
    for (let count = 0; count < 20; count += 1) {
      (await upgrading('/nowhere')).resetAndDestroy();
      expect((await world.request(world.ann, '/me')).status).toBe(200);
    }
    expect(uncaught).toEqual([]);
  } finally {
    process.off('uncaughtException', note);
  }
});

it('a socket at a wrong address is let go, though its client holds on', async () => {
  const socket = await upgrading('/nowhere');
  socket.on('error', () => undefined);
  socket.on('data', () => undefined);
  const ended = new Promise<void>((resolve) => socket.once('end', resolve));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  // Our half stays open; who writes into what the server has let go hears of it.
  const writing = setInterval(() => socket.write('x'), 20);
  onTestFinished(() => {
    clearInterval(writing);
    socket.destroy();
  });
  await ended;
  await closed;
});
