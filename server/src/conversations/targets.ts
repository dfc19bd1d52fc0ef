import type { Settings } from '@deskbell/contract';
import type { State } from '../platform/pipeline/table.ts';
import { viewerIn } from '../teams/index.ts';
import { standingTowards } from './access.ts';
import { maySee } from './policy.ts';
import type { ConversationRow } from './rules.ts';

/** whether this agent may pass the conversation on to that one. Oneself is always allowed. */
export function isAllowedTarget(
  state: State,
  of: { actorId: string; agentId: string; conversation: ConversationRow; settings: Settings },
): boolean {
  if (!maySee(standingTowards(state, of.agentId, of.conversation))) return false;
  return of.actorId === of.agentId || of.settings.transferTargets === 'all';
}

/** whether this agent may pass conversations on to that team. Back to the whole inbox they always may. */
export function isAllowedTeam(
  state: State,
  of: { actorId: string; teamId: string | null; settings: Settings },
): boolean {
  if (of.teamId === null || of.settings.transferTargets === 'all') return true;
  return viewerIn(state, of.actorId).teamIds.has(of.teamId);
}
