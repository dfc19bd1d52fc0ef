export { ConversationCounts } from './counts.ts';
export { listRoutes } from './routes.ts';
export { PAGE, readPage, takeSnapshot, type Viewer } from './snapshot.ts';
export { findVisible, readBuckets, readOwnConversations, type VisibleInboxes } from './sql.ts';
