import {
  type AgentId,
  belongs,
  type Counts,
  type InboxId,
  type ListFacts,
  type Sight,
  type SightFacts,
  serves,
} from '@deskbell/contract';
import type { ConversationRow } from '../conversations/index.ts';
import type { ClosedCount } from './sql.ts';

type Facts = Pick<
  ConversationRow,
  'inboxId' | 'teamId' | 'status' | 'holder' | 'assigneeId' | 'participants' | 'waitingSince'
>;

interface Tally {
  queue: number;
  open: number;
  pending: number;
  unclosed: number;
  /** In which the contact waits for an answer. */
  waiting: number;
  closed: number;
}

/** The conversations of one place: an inbox's, or a team's in it. */
interface Bucket extends Tally {
  inboxId: string;
  teamId: string | null;
}

/**
 * Tab counts, folded in memory from the log: buckets by inbox and team, summed by what one may see, and
 * beside them what each agent is in. No SQL per agent or event.
 */
export class ConversationCounts {
  private readonly unclosed = new Map<string, Facts>();
  private readonly buckets = new Map<string, Bucket>();
  /** Of each agent: what of a bucket they are in. */
  private readonly byAgent = new Map<string, Map<Bucket, Tally>>();

  load({
    unclosed,
    closed,
  }: {
    unclosed: readonly (Facts & { id: string })[];
    closed: readonly ClosedCount[];
  }): void {
    for (const row of unclosed) this.enter(row.id, row);
    for (const { agentId, isAmong, count, ...place } of closed) {
      const bucket = this.bucket(place);
      if (!isAmong) bucket.closed += count;
      if (agentId !== null) this.tallyOf(agentId, bucket).closed += count;
    }
  }

  /**
   * Takes in how a conversation stands now. `closedBefore`: as what it stood closed, asked where it isn't
   * known to have been unclosed; null: it was opened in the same batch. True when any number moved.
   */
  apply(row: ConversationRow, closedBefore: () => SightFacts | null): boolean {
    const before = this.unclosed.get(row.id);
    if (before && isSame(before, row)) return false;
    if (before) this.leave(row.id, before);
    else {
      const closed = closedBefore();
      if (closed) this.addClosed(closed, -1);
    }
    if (row.status === 'closed') this.addClosed(row, 1);
    else this.enter(row.id, row);
    return true;
  }

  /** The same where there were only messages, which neither open nor close: of what isn't known other events tell. */
  applyMessage(row: ConversationRow): boolean {
    if (!this.unclosed.has(row.id) || row.status === 'closed') return false;
    return this.apply(row, () => null);
  }

  of(sight: Sight): Counts {
    const sum = newTally();
    const inboxes: Counts['inboxes'] = {};
    const add = ({ inboxId }: Bucket, tally: Tally) => {
      sum.queue += tally.queue;
      sum.open += tally.open;
      sum.pending += tally.pending;
      sum.closed += tally.closed;
      inboxes[inboxId as InboxId] = (inboxes[inboxId as InboxId] ?? 0) + tally.waiting;
    };
    for (const bucket of this.buckets.values()) if (serves(sight, bucket)) add(bucket, bucket);
    let mine = 0;
    for (const [bucket, tally] of this.byAgent.get(sight.agentId) ?? []) {
      mine += tally.unclosed;
      // What one is in one sees, wherever it stands.
      if (!serves(sight, bucket) && !isNothing(tally)) add(bucket, tally);
    }
    const { queue, open, pending, closed } = sum;
    return { queue, mine, open, pending, closed, inboxes };
  }

  private enter(id: string, facts: Facts): void {
    this.unclosed.set(id, facts);
    this.add(facts, 1);
  }

  private leave(id: string, facts: Facts): void {
    this.unclosed.delete(id);
    this.add(facts, -1);
  }

  private add(facts: Facts, by: 1 | -1): void {
    const listFacts = facts as ListFacts;
    const isQueued = belongs('queue', listFacts, '' as AgentId);
    const isOpen = belongs('open', listFacts, '' as AgentId);
    const isPending = belongs('pending', listFacts, '' as AgentId);
    for (const tally of this.talliesOf(facts)) {
      if (isQueued) tally.queue += by;
      if (isOpen) tally.open += by;
      if (isPending) tally.pending += by;
      tally.unclosed += by;
      if (isWaiting(facts)) tally.waiting += by;
    }
  }

  private addClosed(facts: Membered, by: 1 | -1): void {
    for (const tally of this.talliesOf(facts)) tally.closed += by;
  }

  private talliesOf(facts: Membered): Tally[] {
    const bucket = this.bucket(facts);
    return [bucket, ...[...agentsIn(facts)].map((id) => this.tallyOf(id, bucket))];
  }

  private bucket({ inboxId, teamId }: Place): Bucket {
    const key = `${inboxId}/${teamId ?? ''}`;
    let bucket = this.buckets.get(key);
    if (!bucket) {
      bucket = { inboxId, teamId, ...newTally() };
      this.buckets.set(key, bucket);
    }
    return bucket;
  }

  private tallyOf(agentId: string, bucket: Bucket): Tally {
    const own = this.byAgent.get(agentId) ?? new Map<Bucket, Tally>();
    this.byAgent.set(agentId, own);
    const tally = own.get(bucket) ?? newTally();
    own.set(bucket, tally);
    return tally;
  }
}

type Place = { inboxId: string; teamId: string | null };
type Membered = Place & {
  assigneeId: string | null;
  participants: readonly { agentId: string }[];
};

const newTally = (): Tally => ({
  ...{ queue: 0, open: 0, pending: 0 },
  ...{ unclosed: 0, waiting: 0, closed: 0 },
});

const isWaiting = ({ waitingSince }: Facts): boolean => waitingSince !== null;

const isNothing = ({ unclosed, closed }: Tally) => unclosed === 0 && closed === 0;

function agentsIn(facts: Membered): Set<string> {
  const ids = new Set(facts.participants.map((each) => each.agentId));
  return facts.assigneeId === null ? ids : ids.add(facts.assigneeId);
}

function isSame(left: Facts, right: Facts): boolean {
  return (
    left.status === right.status &&
    left.holder === right.holder &&
    left.assigneeId === right.assigneeId &&
    left.inboxId === right.inboxId &&
    left.teamId === right.teamId &&
    isWaiting(left) === isWaiting(right) &&
    (left.participants === right.participants ||
      JSON.stringify(left.participants) === JSON.stringify(right.participants))
  );
}
