import { CONVERSATION_LABELS, refuse } from '@deskbell/contract';
import { labels } from '../labels/index.ts';
import { handler, isRefusal } from '../platform/pipeline/command.ts';
import type { State } from '../platform/pipeline/table.ts';
import { accessConversation } from './access.ts';
import { authorOf, changes, onConversation } from './changes.ts';
import { relabelled } from './labels.rules.ts';

const isInForce = (state: State) => (labelId: string) =>
  state.get(labels, labelId)?.isDeleted === false;

/** whoever sees a conversation puts labels on it, whether they have it or not and whatever its state. */
const label = handler({
  kind: 'conversation.label',
  needs: onConversation,
  decide(state, { input, actor }, context) {
    const access = accessConversation(state, actor, input.conversationId);
    if (isRefusal(access)) return access;
    const { add = [], remove = [] } = input;
    if (!add.every(isInForce(state)))
      return refuse('not-found', 'There is no such label', { field: 'add' });
    const step = relabelled(access.conversation, { add, remove, author: authorOf(actor) }, context);
    // Two who put the same label on it at once want the same.
    if (step === null) return { puts: [], events: [], answer: {} };
    const shown = step.conversation.labelIds.filter(isInForce(state));
    if (shown.length > CONVERSATION_LABELS)
      return refuse('too-large', `${CONVERSATION_LABELS} labels are the most on one conversation`);
    return changes([step], {});
  },
});

export const labellingCommands = [label];
