export { Hubs } from './hubs.ts';
export { streamRoutes } from './routes.ts';
export { Sessions } from './sessions.ts';
export { type SocketParts, serveSocket } from './socket.ts';
