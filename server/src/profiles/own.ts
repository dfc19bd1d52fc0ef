import type { AgentEntities, Sight } from '@deskbell/contract';
import { readOwnNotices } from '../notifications/index.ts';
import type { Queries } from '../platform/store/connect.ts';
import { findPreferences } from './sql.ts';

/** What a desk holds that is its agent's alone: little, and without events, so it is sent whole. */
export async function readOwn(
  sql: Queries,
  workspaceId: string,
  of: { agentId: string; sight: Sight },
): Promise<Required<Pick<AgentEntities, 'notices' | 'alerts' | 'preferences'>>> {
  const [notices, preferences] = await Promise.all([
    readOwnNotices(sql, workspaceId, of),
    findPreferences(sql, { workspaceId, agentId: of.agentId }),
  ]);
  return { ...notices, preferences: [preferences] };
}
