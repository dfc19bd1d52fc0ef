export { ConversationCounts } from './counts.ts';
export { listRoutes } from './routes.ts';
export { takeSnapshot } from './snapshot.ts';
export { findVisible, readBuckets, readOwnConversations, type VisibleInboxes } from './sql.ts';
