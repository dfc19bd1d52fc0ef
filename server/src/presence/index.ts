export { Presence } from './presence.ts';
export { findLastSeen, findOnline, presence } from './sql.ts';
