export { contactCommands } from './commands.ts';
export { contactIdOf } from './identity.ts';
export { contactForAgents } from './present.ts';
export { type ContactRow, contacts } from './sql.ts';
