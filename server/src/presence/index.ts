export { Presence } from './presence.ts';
export { findOnline, presence } from './sql.ts';
