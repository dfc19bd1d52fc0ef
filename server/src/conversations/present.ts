import type { Activity, Conversation, Entry, OwnConversation, OwnEntry } from '@deskbell/contract';
import type { ConversationRow, EntryRow } from './rules.ts';

/** What leaves for agents. */
export function conversationForAgents(row: ConversationRow): Conversation {
  return {
    id: row.id,
    version: row.seq,
    inboxId: row.inboxId,
    teamId: row.teamId,
    contactId: row.contactId,
    status: row.status,
    holder: row.holder,
    assigneeId: row.assigneeId,
    participants: row.participants,
    isFlagged: row.isFlagged,
    labelIds: row.labelIds,
    openedAt: row.openedAt,
    opening: row.opening,
    queuedAt: row.queuedAt,
    isQueuedInFront: row.isQueuedInFront,
    closedAt: row.closedAt,
    closeReason: row.closeReason,
    closedById: row.closedById,
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
  const line = {
    message: { kind: 'message', text: row.text, clientId: row.clientId },
    note: { kind: 'note', text: row.text },
    activity: { kind: 'activity', activity: row.activity },
  }[row.kind];
  return { ...base, ...line } as Entry;
}

/** What a contact is told of beside messages. */
export const toldToContacts: readonly string[] = ['opened', 'assigned', 'closed', 'reopened'];

/** An entry as its contact sees it, or null where it is none of theirs: no note ever is. */
export function entryForContact(row: EntryRow): OwnEntry | null {
  if (row.kind === 'message') return entryForAgents(row) as OwnEntry;
  if (row.kind === 'note' || row.activity === null || !toldToContacts.includes(row.activity.what))
    return null;
  // Who did it inside the company stays there; who answers is the assignee.
  const authorKind = row.authorKind === 'contact' ? 'contact' : 'system';
  return entryForAgents({
    ...row,
    authorKind,
    activity: activityForContact(row.activity),
  }) as OwnEntry;
}

/** Without what agents say to one another: by force, and why. */
function activityForContact(activity: Activity): Activity {
  if (activity.what === 'assigned') return { what: activity.what, agentId: activity.agentId };
  if (activity.what === 'closed') return { what: activity.what, reason: activity.reason };
  return activity;
}
