export { inboxCommands } from './commands.ts';
export { inboxForAgents, siteForContacts } from './present.ts';
export { newInbox } from './rules.ts';
export { findInboxByKey, type InboxRow, inboxes, loadInboxes } from './sql.ts';
