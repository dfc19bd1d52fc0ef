/** How conversations find an agent by themselves. */
export type RoutingMode = 'round-robin' | 'least-busy';

/** A queued conversation, as far as routing looks at it. */
export interface Waiting {
  id: string;
  /** Which queue it stands in: those who see it are the ones who may get it. */
  queue: string;
  /** The contact's last agent, or the one who was full when it came back. */
  preferredAgentId: string | null;
  /** Who let the contact wait too long. */
  avoidedAgentId: string | null;
  /** It came back, and stands before all that have not. */
  isQueuedInFront: boolean;
}

/** An agent who is online. */
export interface Candidate {
  agentId: string;
  /** The queues that they serve. */
  queues: ReadonlySet<string>;
  /** How many conversations they have open, and how many they may have. */
  load: number;
  capacity: number;
  /** When routing last gave them one; null: never. */
  servedAt: number | null;
}

export interface Assignment {
  conversationId: string;
  agentId: string;
}

interface Plan {
  mode: RoutingMode;
  /** The contact's last agent gets them back, when there. */
  isSticky: boolean;
  /** In the order of their waiting, over all queues. */
  waiting: readonly Waiting[];
  candidates: readonly Candidate[];
}

/** An agent while a plan is made: who was given one has less room, and stands behind the others. */
interface Place {
  candidate: Candidate;
  load: number;
  /** Grows with each that was given, above all times. */
  turn: number;
}

/**
 * Who gets which of those that wait, in the order of their waiting: nobody who fits is passed over for
 * one behind, and nobody gets more than they may have.
 */
export function plan({ mode, isSticky, waiting, candidates }: Plan): Assignment[] {
  const places = candidates.map((candidate) => ({
    candidate,
    load: candidate.load,
    turn: candidate.servedAt ?? 0,
  }));
  const compare = mode === 'least-busy' ? byLoad : byTurn;
  let turn = Math.max(0, ...places.map((place) => place.turn));
  const assignments: Assignment[] = [];
  for (const conversation of waiting) {
    const able = places.filter((place) => hasRoom(place) && serves(place, conversation));
    const chosen = preferred(able, conversation, isSticky) ?? first(able, conversation, compare);
    if (!chosen) continue;
    turn += 1;
    chosen.load += 1;
    chosen.turn = turn;
    const { agentId } = chosen.candidate;
    assignments.push({ conversationId: conversation.id, agentId });
  }
  return assignments;
}

const hasRoom = ({ load, candidate }: Place) => load < candidate.capacity;
const serves = ({ candidate }: Place, { queue }: Waiting) => candidate.queues.has(queue);

/** Whoever it came back from is asked first even where contacts don't stick to agents. */
function preferred(
  able: readonly Place[],
  { preferredAgentId, avoidedAgentId, isQueuedInFront }: Waiting,
  isSticky: boolean,
): Place | undefined {
  if (preferredAgentId === null || preferredAgentId === avoidedAgentId) return undefined;
  if (!isSticky && !isQueuedInFront) return undefined;
  return able.find(({ candidate }) => candidate.agentId === preferredAgentId);
}

/** Who let the contact wait gets them again only where nobody else can have them. */
function first(
  able: readonly Place[],
  { avoidedAgentId }: Waiting,
  compare: (left: Place, right: Place) => number,
): Place | undefined {
  const others = able.filter(({ candidate }) => candidate.agentId !== avoidedAgentId);
  return (others.length > 0 ? others : able).toSorted(compare)[0];
}

const byTurn = (left: Place, right: Place) =>
  left.turn - right.turn || byAgent(left.candidate, right.candidate);

/** Busy is who has much of what they may have, not who has much. */
const byLoad = (left: Place, right: Place) =>
  left.load / left.candidate.capacity - right.load / right.candidate.capacity ||
  byTurn(left, right);

const byAgent = (left: Candidate, right: Candidate) => (left.agentId < right.agentId ? -1 : 1);
