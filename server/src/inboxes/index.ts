export { inboxCommands } from './commands.ts';
export { findFirstInbox } from './first.sql.ts';
export { inboxForAgents, siteForContacts } from './present.ts';
export { inboxRoutes } from './routes.ts';
export { newInbox } from './rules.ts';
export { findInboxByKey, type InboxRow, inboxes, loadInboxes } from './sql.ts';
