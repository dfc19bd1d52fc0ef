import type { Agent, AgentFace, AgentId } from '@deskbell/contract';
import type { AgentRow } from './sql.ts';

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
