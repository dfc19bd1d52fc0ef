import type { Settings } from '@deskbell/contract';
import { agents } from '../accounts/index.ts';
import { type Need, need, type State } from '../platform/pipeline/table.ts';
import { isOnline, servesPlace, standingTowards } from './access.ts';
import { openOf } from './groups.sql.ts';
import { maySee } from './policy.ts';
import { type CanTake, type ConversationRow, hasRoom } from './rules.ts';

/** how many conversations an agent has open, and may have. */
export function burdenOf(state: State, agentId: string, settings: Settings) {
  const capacity = state.get(agents, agentId)?.capacity ?? settings.capacity;
  return { load: state.group(openOf, agentId).length, capacity };
}

/** whether one more fits. */
export const hasRoomFor = (state: State, agentId: string, settings: Settings): boolean =>
  hasRoom(burdenOf(state, agentId, settings));

/** What {@link hasRoomFor} is known from. */
export const takerNeeds = (agentIds: readonly string[]): Need[] =>
  agentIds.map((id) => need(openOf, id));

/** Who can take this conversation over: online, and with room unless it is pending. */
export function canTakeOf(state: State, { status }: ConversationRow, settings: Settings): CanTake {
  return (agentId) =>
    isOnline(state, agentId) && (status === 'pending' || hasRoomFor(state, agentId, settings));
}

/** whether what returns can go to who had it. Who no longer belongs here would be stuck with it. */
export function canReturn(
  state: State,
  conversation: ConversationRow,
  settings: Settings,
): boolean {
  const { assigneeId } = conversation;
  return (
    assigneeId !== null &&
    isOnline(state, assigneeId) &&
    maySee(standingTowards(state, assigneeId, conversation)) &&
    hasRoomFor(state, assigneeId, settings)
  );
}

/** Those who could be given this conversation by the system: they serve the place where it stands. */
export function candidatesFor(state: State, conversation: ConversationRow): string[] {
  return [...state.all(agents)]
    .map(({ id }) => id)
    .filter((id) => id !== conversation.assigneeId && servesPlace(state, id, conversation));
}
