import type { Settings } from '@deskbell/contract';
import { agents } from '../accounts/index.ts';
import { type Need, need, type State } from '../platform/pipeline/table.ts';
import { isOnline, servesPlace } from './access.ts';
import { openOf } from './groups.sql.ts';
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

/** whether what returns can go to who had it, whether they still serve its place or not. */
export function canReturn(
  state: State,
  { assigneeId }: Pick<ConversationRow, 'assigneeId'>,
  settings: Settings,
): boolean {
  const agentId = assigneeId ?? '';
  return isOnline(state, agentId) && hasRoomFor(state, agentId, settings);
}

/** Those who could be given this conversation by the system: they serve the place where it stands. */
export function candidatesFor(state: State, conversation: ConversationRow): string[] {
  return [...state.all(agents)]
    .map(({ id }) => id)
    .filter((id) => id !== conversation.assigneeId && servesPlace(state, id, conversation));
}
