export { Announcing, type Told as Announced } from './announcing.ts';
export { readOwnNotices } from './own.ts';
export { noticeForAgent, seesIt } from './present.ts';
export { type PushParts, pushes } from './push.ts';
export { noteAttention } from './reach.sql.ts';
export { tellsAgents } from './reader.ts';
export { notificationRoutes } from './routes.ts';
