import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { type ClientId, type ConversationId, FRAME_LIMIT, PROTOCOL } from '@deskbell/contract';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { TestSocket } from '../testing/socket.ts';
import { createWorld, type World } from '../testing/world.ts';
import { type SocketParts, serveSocket } from './socket.ts';

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

it('R-18.1 who stays though their session has ended is not listened to any more', async () => {
  const { tess } = world;
  const conversationId = await world.write(world.newVisitor(), 'Hello?');
  const socket = await world.connect(tess);
  // It never hears that it is to go, and so doesn't.
  socket.pause();
  expect((await world.request(tess, '/sign-out', { method: 'POST', body: {} })).status).toBe(204);
  const flag = { kind: 'conversation.flag', input: { conversationId } };
  socket.send({ t: 'command', id: randomUUID() as ClientId, ...flag });
  // Read after it, as it came after it.
  const other = await world.connect(world.ann);
  await other.settle();
  await world.act(world.ann, 'conversation.accept', { conversationId });
  const [row] = await world.server.engine.pool`
    select is_flagged as "isFlagged" from conversations where id = ${conversationId}`;
  expect(row?.isFlagged).toBe(false);
});

it('what one visitor says without end holds nobody else up', async () => {
  const visitor = world.newVisitor();
  const conversationId = await world.write(visitor, 'Hello?');
  const socket = await world.connect(visitor);
  const read = (id: string) => JSON.stringify({ t: 'read', conversationId: id, seq: 1 });
  const many = Array.from({ length: 500 }, () => read(randomUUID()));
  for (let count = 0; count < 60; count += 1) socket.send(`[${many.join(',')}]`);
  socket.send(read(conversationId));
  await world.write(world.walt, 'I am in a hurry');
  expect((await world.request(world.ann, '/me')).status).toBe(200);
  const isRead = async () =>
    (
      await world.server.engine.pool`
        select from receipts where conversation_id = ${conversationId} and contact_read > 0`
    ).length > 0;
  expect(await isRead()).toBe(false);
  await vi.waitFor(async () => expect(await isRead()).toBe(true), { timeout: 60_000 });
});

/** What is said before the answer to hello, in text frames. */
const said = (count: number, letters: number) =>
  Array.from({ length: count }, (_, index) => ({
    t: 'command' as const,
    id: randomUUID() as ClientId,
    kind: 'message.receive',
    input: { text: `${index} ${'x'.repeat(letters)}` },
  }));

it('what is said before the answer to hello waits at its client, beyond the length of one text frame', async () => {
  const { promise: never } = Promise.withResolvers<never>();
  const server = new WebSocketServer({ port: 0, maxPayload: FRAME_LIMIT });
  const parts = { findAgent: () => never, onTrouble: () => undefined } as unknown as SocketParts;
  const served = new Promise<WebSocket>((resolve) =>
    server.on('connection', (socket, request) => {
      serveSocket(socket, request, parts);
      resolve(socket);
    }),
  );
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => {
    client.terminate();
    server.close();
  });
  await once(client, 'open');
  const socket = await served;
  let heard = 0;
  socket.on('message', (data: Buffer) => {
    heard += data.length;
  });
  client.send(JSON.stringify({ t: 'hello', protocol: PROTOCOL }));
  for (const each of said(400, 100_000)) client.send(JSON.stringify(each));
  while (!socket.isPaused && heard < 20 * FRAME_LIMIT)
    await new Promise((resolve) => setImmediate(resolve));
  expect(socket.isPaused).toBe(true);
  expect(heard).toBeLessThan(4 * FRAME_LIMIT);
});

it('R-5.2 who says much at once while it takes long to be let in is answered all of it', async () => {
  const visitor = world.newVisitor();
  const { pool } = world.server.engine;
  const socket = await TestSocket.open(world.url);
  const all = said(100, 8_000);
  await pool.begin(async (sql) => {
    await sql`lock table inboxes in access exclusive mode`;
    const { inboxKey: inbox, token } = visitor;
    socket.send({ t: 'hello', protocol: PROTOCOL, contact: { inbox, token } });
    for (const each of all) socket.send(each);
    const isHeld = () =>
      sql`select from pg_locks where not granted and relation = 'inboxes'::regclass`;
    while ((await isHeld()).length === 0);
  });
  for (const { id } of all) await socket.next('ack', (each) => each.id === id);
  socket.close();
});

it('R-5.3 who says without end that they type floods nobody’s desk', async () => {
  const visitor = world.newVisitor();
  const conversationId = await world.write(visitor, 'Hello?');
  const desk = await world.connect(world.ann);
  desk.send({ t: 'watch', conversationId: conversationId as ConversationId, after: null });
  await desk.next('timeline');
  const socket = await world.connect(visitor);
  const typing = JSON.stringify({ t: 'typing', conversationId, isTyping: true });
  const many = `[${Array.from({ length: 500 }, () => typing).join(',')}]`;
  for (let count = 0; count < 20; count += 1) socket.send(many);
  await socket.settle();
  await desk.settle();
  const shown = desk.frames.filter(({ t }) => t === 'typing').length;
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBeLessThan(500);
});
