import type {
  AgentId,
  ClientId,
  ContactId,
  Conversation,
  ConversationId,
  EntryId,
  InboxId,
  MessageEntry,
  ServerFrame,
} from '@deskbell/contract';

/** The ids of the cast, by name: `idOf('ann')` is the same each time. */
export function idOf<Id extends string>(name: string | number): Id {
  const hex = [...String(name)].map((char) => char.charCodeAt(0).toString(16).padStart(2, '0'));
  const digits = hex.join('').padStart(32, '0').slice(-32);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-') as Id;
}

export const ann = idOf<AgentId>('ann');
export const ben = idOf<AgentId>('ben');
export const conversationId = (name: string | number) => idOf<ConversationId>(name);

/** An open conversation in the queue, unless the test says otherwise. */
export function conversation(
  name: string | number,
  facts: Partial<Conversation> = {},
): Conversation {
  return {
    id: conversationId(name),
    version: 1,
    inboxId: idOf<InboxId>('shop'),
    teamId: null,
    contactId: idOf<ContactId>(`of ${name}`),
    status: 'open',
    holder: 'nobody',
    assigneeId: null,
    participants: [],
    isFlagged: false,
    labelIds: [],
    opening: null,
    openedAt: 1_000,
    queuedAt: 1_000,
    isQueuedInFront: false,
    closedAt: null,
    closeReason: null,
    closedById: null,
    lastMessage: null,
    lastContactAt: null,
    waitingSince: null,
    contactMessages: 1,
    ...facts,
  };
}

/** A contact's message, unless the test says otherwise. */
export function message(
  of: ConversationId,
  seq: number,
  facts: Partial<MessageEntry> = {},
): MessageEntry {
  return {
    kind: 'message',
    id: idOf<EntryId>(`${of.slice(-6)}:${seq}`),
    conversationId: of,
    seq,
    at: 1_000 + seq,
    author: { kind: 'contact', id: idOf<ContactId>('vera') },
    text: `message ${seq}`,
    clientId: idOf<ClientId>(`c${of.slice(-6)}:${seq}`),
    ...facts,
  };
}

export const changes = (
  entities: Extract<ServerFrame, { t: 'changes' }>['entities'],
  more: Partial<Extract<ServerFrame, { t: 'changes' }>> = {},
): ServerFrame => ({ t: 'changes', entities, ...more });

export function snapshot(
  entities: Extract<ServerFrame, { t: 'snapshot' }>['entities'],
  more: Partial<Extract<ServerFrame, { t: 'snapshot' }>> = {},
): ServerFrame {
  return {
    t: 'snapshot',
    me: {
      kind: 'agent',
      id: ann,
      role: 'agent',
      may: { changeSettings: false, seeEveryInbox: false, inviteAs: [] },
    },
    entities,
    through: '1',
    rights: 'agent.1',
    lists: { queue: null, mine: null, open: null, pending: null, closed: null },
    ...more,
  };
}
