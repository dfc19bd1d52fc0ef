import type { AgentEntities, Sight } from '@deskbell/contract';
import type { Queries } from '../platform/store/connect.ts';
import { findAlerts } from './alerts.sql.ts';
import { noticeForAgent } from './present.ts';
import { readBell } from './sql.ts';

const SHOWN_AT_ONCE = 50;

/** What a desk holds of its agent's notifications. */
export async function readOwnNotices(
  sql: Queries,
  workspaceId: string,
  { agentId, sight }: { agentId: string; sight: Sight },
): Promise<Required<Pick<AgentEntities, 'notices' | 'alerts'>>> {
  const [bell, alerts] = await Promise.all([
    readBell(sql, workspaceId, { agentId, limit: SHOWN_AT_ONCE }),
    findAlerts(sql, workspaceId, agentId),
  ]);
  return { notices: bell.map((row) => noticeForAgent(row, sight)), alerts: [alerts] };
}
