import type { Conversation, Entry, OwnConversation } from '@deskbell/contract';
import type { ConversationRow, EntryRow } from './rules.ts';

/** What leaves for agents. */
export function conversationForAgents(row: ConversationRow): Conversation {
  return {
    id: row.id,
    version: row.seq,
    inboxId: row.inboxId,
    contactId: row.contactId,
    status: row.status,
    holder: row.holder,
    assigneeId: row.assigneeId,
    participants: row.participants,
    openedAt: row.openedAt,
    queuedAt: row.queuedAt,
    isQueuedInFront: row.isQueuedInFront,
    closedAt: row.closedAt,
    closeReason: row.closeReason,
    lastMessage:
      row.lastSide === null
        ? null
        : {
            side: row.lastSide,
            text: row.lastText ?? '',
            at: row.lastAt ?? 0,
            seq: row.lastSeq ?? 0,
          },
    lastContactAt: row.lastContactAt,
    waitingSince: row.waitingSince,
    contactMessages: row.contactMessages,
  } as Conversation;
}

/** What leaves for the contact: nothing internal. */
export function conversationForContact(row: ConversationRow): OwnConversation {
  return {
    id: row.id,
    version: row.seq,
    status: row.status === 'pending' ? 'open' : row.status,
    assigneeId: row.holder === 'agent' ? row.assigneeId : null,
    openedAt: row.openedAt,
    closedAt: row.closedAt,
    closeReason: row.closeReason,
  } as OwnConversation;
}

export function entryForAgents(row: EntryRow): Entry {
  const base = {
    id: row.id,
    conversationId: row.conversationId,
    seq: row.seq,
    at: row.at,
    author:
      row.authorKind === 'system' ? { kind: 'system' } : { kind: row.authorKind, id: row.authorId },
  };
  return (
    row.kind === 'message'
      ? { ...base, kind: 'message', text: row.text, clientId: row.clientId }
      : { ...base, kind: 'activity', activity: row.activity }
  ) as Entry;
}

/** What a contact is told of beside messages. */
export const toldToContacts: readonly string[] = ['opened', 'assigned', 'closed', 'reopened'];

/** An entry as its contact sees it, or null where it is none of theirs. */
export function entryForContact(row: EntryRow): Entry | null {
  const { activity } = row;
  if (row.kind === 'message' || activity === null) return entryForAgents(row);
  if (!toldToContacts.includes(activity.what)) return null;
  // Who did it inside the company stays there; who answers is the assignee.
  return {
    ...entryForAgents({ ...row, authorKind: row.authorKind === 'contact' ? 'contact' : 'system' }),
  };
}
