export { Hubs } from './hubs.ts';
export { streamRoutes } from './routes.ts';
export { Sessions } from './sessions.ts';
export { serveSocket } from './socket.ts';
export { type Ended, noticeOfEnded, noticeOfMoved, readEnded, SESSIONS } from './told.ts';
