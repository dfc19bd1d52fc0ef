export { routingCommands } from './commands.ts';
export { Router } from './reactions.ts';
export { findWaitingWorkspaces } from './sql.ts';
