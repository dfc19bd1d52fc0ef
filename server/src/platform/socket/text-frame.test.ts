import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { textFrame } from './text-frame.ts';

let server: WebSocketServer;
let client: WebSocket;
let wire: import('node:stream').Duplex;
beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (_socket, request) => {
    wire = request.socket;
  });
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as { port: number }).port}`);
  await once(client, 'open');
});
afterAll(() => {
  client.terminate();
  server.close();
});

// Around each length at which the header changes, in bytes; a euro sign has three of them.
it.for([0, 1, 124, 125, 126, 127, 65_534, 65_535, 65_536, 70_000, 300_000])(
  'a text of %i bytes arrives as it was',
  async (size) => {
    const text = size < 3 ? 'x'.repeat(size) : `€${'x'.repeat(size - 3)}`;
    const heard = once(client, 'message');
    wire.write(textFrame(text));
    const [data, isBinary] = (await heard) as [Buffer, boolean];
    expect(isBinary).toBe(false);
    expect(data.toString()).toBe(text);
  },
);
