export { accountCommands } from './commands.ts';
export { changesSettings, invitesAs, manages, mayOf, seesEveryInbox } from './policy.ts';
export { agentForAgents, agentForContacts, workspaceForAgents } from './present.ts';
export { withOtherRights } from './rights.ts';
export { accountRoutes } from './routes.ts';
export { type AgentRow, agents, loadAgents, newcomer } from './sql.ts';
export { findWorkspace, findWorkspacesOf, type WorkspaceRow, workspaces } from './workspace.sql.ts';
