import type { ConversationId, NoticeKind } from '@deskbell/contract';
import type { AgentStore } from '@deskbell/sdk';

/** What a notification is about, as far as that says whether it is over. */
export interface About {
  conversationId: ConversationId;
  kind: NoticeKind;
  seq: number;
}

/** For whoever takes it. */
export const waits = (kind: NoticeKind) => kind === 'new-conversation' || kind === 'transferred';

/**
 * it was read, closed, or is somebody else's, so there is nothing left to do about it. As far as this desk knows:
 * an announcement may come before the card of its conversation.
 */
export function isOver(store: AgentStore, { conversationId, kind, seq }: About): boolean {
  const conversation = store.entities.conversations.get(conversationId);
  if (!conversation) return store.isGone(conversationId);
  if (conversation.version < seq) return false;
  if (conversation.status === 'closed') return true;
  if ((store.entities.marks.get(conversationId)?.version ?? 0) >= seq) return true;
  return waits(kind) ? conversation.holder !== 'nobody' : !isOwn(store, conversationId);
}

/** How a conversation stands for this agent, where something that was told of it may be over by that; null: it can't be. */
export function endOf(store: AgentStore, id: ConversationId): string | null {
  const conversation = store.entities.conversations.get(id);
  if (!conversation) return store.isGone(id) ? 'gone' : null;
  const { status, holder, assigneeId } = conversation;
  if (status !== 'closed' && holder === 'nobody' && store.unread(id) > 0) return null;
  return `${status} ${assigneeId} ${store.entities.marks.get(id)?.version}`;
}

function isOwn(store: AgentStore, id: ConversationId): boolean {
  const conversation = store.entities.conversations.get(id);
  const me = store.me?.id;
  return (
    conversation?.assigneeId === me ||
    conversation?.participants.some(({ agentId }) => agentId === me) === true
  );
}
