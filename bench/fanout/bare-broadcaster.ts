import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** The baseline: the same bytes to everybody who is connected, whenever it is told to, by plain `ws`. */
const sockets = new Set<WebSocket>();
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
});
server.on('listening', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `ws://127.0.0.1:${port}` });
});
process.on('message', (bytes: number) => {
  const frame = Buffer.alloc(bytes, 'x');
  for (const socket of sockets) socket.send(frame, { binary: false });
});
// The bench has gone, however it ended.
process.on('disconnect', () => process.exit());
