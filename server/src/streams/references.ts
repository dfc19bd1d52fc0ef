import { type Sight, sightOf } from '@deskbell/contract';
import {
  type AgentRow,
  agentForAgents,
  findWorkspace,
  loadAgents,
  type WorkspaceRow,
  workspaceForAgents,
} from '../accounts/index.ts';
import { type InboxRow, inboxForAgents, loadInboxes } from '../inboxes/index.ts';
import { type LabelRow, labelForAgents, loadLabels } from '../labels/index.ts';
import type { Queries } from '../platform/store/connect.ts';
import { loadTeams, type TeamRow, teamForAgents } from '../teams/index.ts';

/** What a workspace's streams hold in memory whole: few rows, which decide who sees what. */
export class References {
  readonly agents = new Map<string, AgentRow>();
  readonly inboxes = new Map<string, InboxRow>();
  readonly teams = new Map<string, TeamRow>();
  readonly labels = new Map<string, LabelRow>();
  workspace: WorkspaceRow | undefined;

  async load(sql: Queries, workspaceId: string): Promise<void> {
    for (const row of await loadAgents(sql, workspaceId)) this.agents.set(row.id, row);
    for (const row of await loadInboxes(sql, workspaceId)) this.inboxes.set(row.id, row);
    for (const row of await loadTeams(sql, workspaceId)) this.teams.set(row.id, row);
    for (const row of await loadLabels(sql, workspaceId)) this.labels.set(row.id, row);
    this.workspace = await findWorkspace(sql, workspaceId);
  }

  sightOf(agent: AgentRow): Sight {
    return sightOf(agent, { inboxes: this.inboxes.values(), teams: this.teams.values() });
  }

  /** Whether an agent serves the inbox, as a member or through a team. */
  isServedBy({ memberIds, teamIds }: InboxRow, agentId: string): boolean {
    return (
      memberIds.includes(agentId) ||
      teamIds.some((id) => this.teams.get(id)?.memberIds.includes(agentId))
    );
  }

  forAgents(): object {
    return {
      workspaces: this.workspace ? [workspaceForAgents(this.workspace)] : [],
      agents: [...this.agents.values()].map(agentForAgents),
      inboxes: [...this.inboxes.values()].map(inboxForAgents),
      teams: [...this.teams.values()].map(teamForAgents),
      labels: [...this.labels.values()].map(labelForAgents),
    };
  }
}
