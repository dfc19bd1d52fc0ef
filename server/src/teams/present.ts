import type { AgentId, Team, TeamId } from '@deskbell/contract';
import type { TeamRow } from './rules.ts';

export function teamForAgents(row: TeamRow): Team {
  return {
    id: row.id as TeamId,
    version: row.version,
    name: row.name,
    memberIds: row.memberIds as AgentId[],
  };
}
