import {
  type Agent,
  type AgentFace,
  type AgentId,
  settingsOf,
  type Workspace,
  type WorkspaceId,
} from '@deskbell/contract';
import type { AgentRow } from './sql.ts';
import type { WorkspaceOfUser, WorkspaceRow } from './workspace.sql.ts';

export function agentForAgents(row: AgentRow): Agent {
  return {
    id: row.id as AgentId,
    version: row.version,
    name: row.name,
    email: row.email,
    role: row.role,
    isActive: row.isActive,
    picture: row.picture,
    languages: [...row.languages],
    availability: row.availability,
    availabilityAt: row.availabilityAt,
    isIdle: row.availability === 'away' && row.returnsTo !== null,
    capacity: row.capacity,
  };
}

/** What a contact sees of who answers. */
export function agentForContacts(row: AgentRow): AgentFace {
  return { id: row.id as AgentId, version: row.version, name: row.name, picture: row.picture };
}

export function workspaceForAgents(row: WorkspaceRow): Workspace {
  return {
    id: row.id as WorkspaceId,
    version: row.version,
    name: row.name,
    settings: settingsOf(row.settings),
  };
}

/** One of the workspaces that somebody signs in to. */
export function workspaceOfSignIn(row: WorkspaceOfUser) {
  return { id: row.id as WorkspaceId, name: row.name, isLastUsed: row.isLastUsed };
}
