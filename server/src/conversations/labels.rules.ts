import type { LabelId } from '@deskbell/contract';
import type { Author, ConversationRow } from './rules.ts';
import { type Moment, type Step, step } from './steps.rules.ts';

/** with these labels and without those; what is asked both ways comes off. Null where nothing changes. */
export function relabelled(
  conversation: ConversationRow,
  change: { add: readonly LabelId[]; remove: readonly LabelId[]; author: Author },
  moment: Moment,
): Step | null {
  const before = new Set(conversation.labelIds as LabelId[]);
  const after = new Set([...before, ...change.add]).difference(new Set(change.remove));
  const added = [...after.difference(before)];
  const removed = [...before.difference(after)];
  if (added.length + removed.length === 0) return null;
  return step(
    { ...conversation, labelIds: [...after] },
    {
      activity: { what: 'labelled', added, removed },
      event: 'conversation.labelled',
      author: change.author,
      moment,
    },
  );
}
