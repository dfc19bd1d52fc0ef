export { ConversationCounts } from './counts.ts';
export { PAGE, readPage, takeSnapshot, type Viewer } from './snapshot.ts';
export { findVisible, readBuckets, readOwnConversations, type VisibleInboxes } from './sql.ts';
