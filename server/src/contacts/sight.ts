import { sees } from '@deskbell/contract';
import { agents } from '../accounts/index.ts';
import type { State } from '../platform/pipeline/table.ts';
import { viewerIn } from '../teams/index.ts';
import { contactPlaces } from './sight.sql.ts';

/** A contact's details are for those who see a conversation of theirs. Needs their {@link contactPlaces}. */
export function knows(state: State, agentId: string, contactId: string): boolean {
  if (!state.get(agents, agentId)?.isActive) return false;
  const viewer = viewerIn(state, agentId);
  const places = state.get(contactPlaces, contactId)?.places ?? [];
  return viewer.isSupervisor || places.some((place) => sees(viewer, place));
}
