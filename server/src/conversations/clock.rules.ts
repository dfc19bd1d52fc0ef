import type { Settings } from '@deskbell/contract';
import { detached } from './assignment.rules.ts';
import { type CanTake, type ConversationRow, nextDue } from './rules.ts';
import { closed, type Moment, type Step } from './steps.rules.ts';

/** What the clock may have to know beside the row. */
export interface ClockFacts {
  settings: Settings;
  /** When the assignee last typed in it. */
  typedAt: number | null;
  canTake: CanTake;
  /** to whom it goes instead of the queue, where the workspace wants that and somebody can. */
  otherId: string | null;
}

/** What a due conversation comes to: closed, taken from its assignee, or given its true deadline without a word. */
export function ticked(
  conversation: ConversationRow,
  facts: ClockFacts,
  moment: Moment,
): Step | ConversationRow {
  const { settings, typedAt } = facts;
  const due = nextDue(conversation, settings, typedAt);
  if (due === null || due.at > moment.now) return { ...conversation, dueAt: due?.at ?? null };
  if (due.what === 'detach') return detached(conversation, facts, moment);
  const change = { reason: due.what, author: { kind: 'system', id: null } } as const;
  return closed(conversation, change, moment);
}
