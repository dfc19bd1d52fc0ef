import {
  type AgentId,
  belongs,
  type Counts,
  type InboxId,
  isIn,
  type ListFacts,
} from '@deskbell/contract';
import type { ConversationRow } from '../conversations/index.ts';
import type { VisibleInboxes } from './sql.ts';

type Facts = Pick<ConversationRow, 'inboxId' | 'status' | 'holder' | 'assigneeId' | 'participants'>;

interface Bucket {
  queue: number;
  open: number;
  unclosed: number;
  closed: number;
  /** Unclosed ones by the agents in them. */
  byAgent: Map<string, number>;
}

/**
 * Tab counts, folded in memory from the log: buckets by inbox, in each the numbers by agent, summed by
 * what one may see. No SQL per agent or event.
 */
export class ConversationCounts {
  private readonly unclosed = new Map<string, Facts>();
  private readonly byInbox = new Map<string, Bucket>();

  load({
    unclosed,
    closed,
  }: {
    unclosed: readonly (Facts & { id: string })[];
    closed: readonly { inboxId: string; count: number }[];
  }): void {
    for (const row of unclosed) this.enter(row.id, row);
    for (const { inboxId, count } of closed) this.bucket(inboxId).closed += count;
  }

  /** Takes in how a conversation stands now. `isNew`: it was opened in the same batch. True when any number moved. */
  apply(row: ConversationRow, isNew: boolean): boolean {
    const before = this.unclosed.get(row.id);
    if (before && isSame(before, row)) return false;
    if (before) this.leave(row.id, before);
    else if (!isNew) this.bucket(row.inboxId).closed -= 1;
    if (row.status === 'closed') this.bucket(row.inboxId).closed += 1;
    else this.enter(row.id, row);
    return true;
  }

  of(agentId: string, inboxes: VisibleInboxes): Counts {
    const counts: Counts = {
      queue: 0,
      mine: 0,
      open: 0,
      closed: 0,
      inboxes: {},
    };
    for (const [inboxId, bucket] of this.byInbox) {
      if (inboxes !== null && !inboxes.includes(inboxId)) continue;
      counts.queue += bucket.queue;
      counts.mine += bucket.byAgent.get(agentId) ?? 0;
      counts.open += bucket.open;
      counts.closed += bucket.closed;
      counts.inboxes[inboxId as InboxId] = bucket.unclosed;
    }
    return counts;
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
    const bucket = this.bucket(facts.inboxId);
    const listFacts = facts as ListFacts;
    if (belongs('queue', listFacts, '' as AgentId)) bucket.queue += by;
    if (belongs('open', listFacts, '' as AgentId)) bucket.open += by;
    bucket.unclosed += by;
    for (const agentId of agentsIn(facts))
      bucket.byAgent.set(agentId, (bucket.byAgent.get(agentId) ?? 0) + by);
  }

  private bucket(inboxId: string): Bucket {
    let bucket = this.byInbox.get(inboxId);
    if (!bucket) {
      bucket = { queue: 0, open: 0, unclosed: 0, closed: 0, byAgent: new Map() };
      this.byInbox.set(inboxId, bucket);
    }
    return bucket;
  }
}

function agentsIn(facts: Facts): string[] {
  const ids = facts.participants.map((each) => each.agentId as string);
  return facts.assigneeId === null ||
    isIn({ assigneeId: null, participants: facts.participants }, facts.assigneeId as AgentId)
    ? ids
    : [facts.assigneeId, ...ids];
}

function isSame(left: Facts, right: Facts): boolean {
  return (
    left.status === right.status &&
    left.holder === right.holder &&
    left.assigneeId === right.assigneeId &&
    left.inboxId === right.inboxId &&
    (left.participants === right.participants ||
      JSON.stringify(left.participants) === JSON.stringify(right.participants))
  );
}
