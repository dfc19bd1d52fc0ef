import type { Conversation, Role } from '../entities.ts';
import { isIn } from './lists.ts';

/** Ids that can be asked for one. */
type Ids = Pick<ReadonlySet<string>, 'has'>;

/** What decides which conversations somebody sees. */
export interface Viewer {
  agentId: string;
  /** Sees every conversation of the workspace. */
  isSupervisor: boolean;
  /** The inboxes that they are a member of themselves. */
  inboxIds: Ids;
  teamIds: Ids;
  /** The inboxes that they serve: as a member, or through a team. */
  servedInboxIds: Ids;
}

/** What sight depends on. */
export type SightFacts = SightPlace & Pick<Conversation, 'assigneeId' | 'participants'>;
export interface SightPlace {
  inboxId: string;
  teamId: string | null;
}

/**
 * Who sees a conversation: supervisors, who is in it, and who serves the place where it
 * stands. Decided here alone; `server/src/teams/sight.sql.ts` says the same in SQL, and a property test
 * holds the two together.
 */
export function sees(viewer: Viewer, facts: SightFacts): boolean {
  return serves(viewer, facts) || isIn(facts, viewer.agentId as never);
}

/** Whether they would see it without being in it. */
export function serves(viewer: Viewer, { inboxId, teamId }: SightPlace): boolean {
  if (viewer.isSupervisor) return true;
  return teamId === null
    ? viewer.servedInboxIds.has(inboxId)
    : viewer.teamIds.has(teamId) || viewer.inboxIds.has(inboxId);
}

/** A viewer whose places can be counted up. */
export interface Sight extends Viewer {
  inboxIds: ReadonlySet<string>;
  teamIds: ReadonlySet<string>;
  servedInboxIds: ReadonlySet<string>;
}

/** What an agent sees in a workspace with these inboxes and teams. */
export function sightOf(
  agent: { id: string; role: Role; isActive: boolean },
  {
    inboxes,
    teams,
  }: {
    inboxes: Iterable<{ id: string; memberIds: readonly string[]; teamIds: readonly string[] }>;
    teams: Iterable<{ id: string; memberIds: readonly string[] }>;
  },
): Sight {
  const has = ({ memberIds }: { memberIds: readonly string[] }) => memberIds.includes(agent.id);
  const teamIds = idsOf([...teams].filter(has));
  const all = [...inboxes];
  const served = all.filter((inbox) => has(inbox) || inbox.teamIds.some((id) => teamIds.has(id)));
  return {
    agentId: agent.id,
    isSupervisor: agent.isActive && agent.role !== 'agent',
    inboxIds: idsOf(all.filter(has)),
    teamIds,
    servedInboxIds: idsOf(served),
  };
}

const idsOf = (rows: readonly { id: string }[]): ReadonlySet<string> =>
  new Set(rows.map(({ id }) => id));
