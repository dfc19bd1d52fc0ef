export { contactCommands } from './commands.ts';
export { contactIdOf } from './identity.ts';
export { contactForAgents } from './present.ts';
export { contactRoutes } from './routes.ts';
export { contactPlaces, findSeenContacts } from './sight.sql.ts';
export { knows } from './sight.ts';
export { type ContactRow, contacts } from './sql.ts';
