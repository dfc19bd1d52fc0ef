import type { AgentId, Board, Load } from '@deskbell/contract';
import type { ConversationRow } from '../conversations/index.ts';

type Facts = Pick<
  ConversationRow,
  'id' | 'status' | 'holder' | 'assigneeId' | 'waitingSince' | 'queuedAt' | 'openedAt'
>;

/** What the board keeps of a conversation. */
interface Held {
  /** Since when the contact of an untaken one waits, in ms; null: it is in work, or pending. */
  since: number | null;
  assigneeId: string | null;
  /** As what it counts for its assignee. */
  kinds: readonly (keyof Load)[];
}

/** how the workspace stands, folded in memory from the log. */
export class LiveBoard {
  private readonly held = new Map<string, Held>();
  private readonly waiting = new Map<string, number>();
  private readonly loads = new Map<string, Load>();

  load(unclosed: readonly Facts[]): void {
    for (const row of unclosed) this.apply(row);
  }

  /** Takes in how a conversation stands now. */
  apply(row: Facts): void {
    const before = this.held.get(row.id);
    const after = heldOf(row);
    if (before && after && isSame(before, after)) return;
    if (before) this.count(before, -1);
    if (after) this.count(after, 1);
    if (after) this.held.set(row.id, after);
    else this.held.delete(row.id);
    const since = after?.since ?? null;
    if (since === null) this.waiting.delete(row.id);
    else this.waiting.set(row.id, since);
  }

  get now(): Board {
    let waitingSince: number | null = null;
    for (const since of this.waiting.values())
      if (waitingSince === null || since < waitingSince) waitingSince = since;
    const agents = Object.fromEntries(this.loads) as Record<AgentId, Load>;
    return { waiting: this.waiting.size, waitingSince, agents };
  }

  private count({ assigneeId, kinds }: Held, by: 1 | -1): void {
    if (assigneeId === null) return;
    const load = { ...(this.loads.get(assigneeId) ?? { open: 0, pending: 0, unanswered: 0 }) };
    for (const kind of kinds) load[kind] += by;
    if (load.open + load.pending === 0) this.loads.delete(assigneeId);
    else this.loads.set(assigneeId, load);
  }
}

/** null: it is closed, and nobody has anything to do with it. */
function heldOf({
  status,
  holder,
  assigneeId,
  waitingSince,
  queuedAt,
  openedAt,
}: Facts): Held | null {
  if (status === 'closed') return null;
  if (status === 'pending') return { since: null, assigneeId, kinds: ['pending'] };
  if (holder === 'nobody')
    return { since: waitingSince ?? queuedAt ?? openedAt, assigneeId: null, kinds: [] };
  return {
    since: null,
    assigneeId,
    kinds: waitingSince === null ? ['open'] : ['open', 'unanswered'],
  };
}

const isSame = (left: Held, right: Held) =>
  left.since === right.since &&
  left.assigneeId === right.assigneeId &&
  left.kinds.join() === right.kinds.join();
