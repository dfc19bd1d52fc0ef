export { Hubs } from './hubs.ts';
export { type SocketParts, serveSocket } from './socket.ts';
