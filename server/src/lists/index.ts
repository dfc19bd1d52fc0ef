export { ConversationCounts } from './counts.ts';
export { readListIds } from './page.sql.ts';
export { listRoutes } from './routes.ts';
export { takeSnapshot } from './snapshot.ts';
export { findSeen, findVisible, readBuckets, readLatestOwn, readOwnConversations } from './sql.ts';
export { wordsOfConversations } from './words.reader.ts';
