export { accountCommands } from './commands.ts';
export { changesSettings, invitesAs, manages, seesEveryInbox } from './policy.ts';
export { agentForAgents, agentForContacts } from './present.ts';
export { accountRoutes } from './routes.ts';
export { type AgentRow, agents, loadAgents } from './sql.ts';
