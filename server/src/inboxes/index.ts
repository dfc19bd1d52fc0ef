export { inboxCommands } from './commands.ts';
export { inboxForAgents, siteForContacts } from './present.ts';
export { findInboxByKey, type InboxRow, inboxes, loadInboxes } from './sql.ts';
