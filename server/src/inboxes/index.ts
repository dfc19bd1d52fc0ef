export { inboxCommands } from './commands.ts';
export { findFirstInbox } from './first.sql.ts';
export { inboxForAgents, siteForContacts } from './present.ts';
export { inboxRoutes } from './routes.ts';
export { type InboxRow, newInbox } from './rules.ts';
export { dropOldSightings } from './sightings.sql.ts';
export { Sightings } from './sightings.ts';
export { findInboxByKey, findInboxKeys, inboxes, loadInboxes } from './sql.ts';
