import type { ConversationId, Entry } from '@deskbell/contract';

/** Entries by their conversation, in the order in which they came. */
export function byConversation(entries: readonly Entry[]): Map<ConversationId, Entry[]> {
  const found = new Map<ConversationId, Entry[]>();
  for (const entry of entries) {
    const own = found.get(entry.conversationId);
    if (own) own.push(entry);
    else found.set(entry.conversationId, [entry]);
  }
  return found;
}
