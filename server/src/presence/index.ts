export { presenceCommands } from './commands.ts';
export { type Desk, Presence } from './presence.ts';
export { presenceRoutes } from './routes.ts';
export { isOnline, replies } from './rules.ts';
export { findGone, findIdle, isLive, presence } from './sql.ts';
