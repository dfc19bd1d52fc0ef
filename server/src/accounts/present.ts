import type { Agent, AgentFace, AgentId, Workspace, WorkspaceId } from '@deskbell/contract';
import type { AgentRow } from './sql.ts';
import type { WorkspaceRow } from './workspace.sql.ts';

export function agentForAgents(row: AgentRow): Agent {
  return {
    id: row.id as AgentId,
    version: row.version,
    name: row.name,
    email: row.email,
    role: row.role,
    isActive: row.isActive,
  };
}

/** What a contact sees of who answers. */
export function agentForContacts(row: AgentRow): AgentFace {
  return { id: row.id as AgentId, version: row.version, name: row.name };
}

export function workspaceForAgents(row: WorkspaceRow): Workspace {
  return { id: row.id as WorkspaceId, version: row.version, name: row.name };
}
