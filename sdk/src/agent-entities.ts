import type {
  Agent,
  AgentEntities,
  Contact,
  Conversation,
  Draft,
  Inbox,
  Mark,
  Receipt,
  Workspace,
} from '@deskbell/contract';
import { mergeMarks, mergeReceipts } from './receipts.ts';
import { newerOf, Versioned } from './versioned.ts';

/** What an agent may see, by kind and id. */
export class HeldEntities {
  readonly workspaces = new Versioned<Workspace>(newerOf);
  readonly agents = new Versioned<Agent>(newerOf);
  readonly inboxes = new Versioned<Inbox>(newerOf);
  readonly contacts = new Versioned<Contact>(newerOf);
  readonly conversations = new Versioned<Conversation>(newerOf);
  readonly marks = new Versioned<Mark>(mergeMarks);
  readonly receipts = new Versioned<Receipt>(mergeReceipts);
  readonly drafts = new Versioned<Draft>(newerOf);

  /** Takes entities in. Answers the conversations that are other ones now, and whether anything is. */
  put(given: AgentEntities): { conversations: Conversation[]; isChanged: boolean } {
    const conversations = putInto(this.conversations, given.conversations);
    const others = [
      putInto(this.workspaces, given.workspaces),
      putInto(this.agents, given.agents),
      putInto(this.inboxes, given.inboxes),
      putInto(this.contacts, given.contacts),
      putInto(this.marks, given.marks),
      putInto(this.receipts, given.receipts),
      putInto(this.drafts, given.drafts),
    ];
    const isChanged = conversations.length > 0 || others.some((changed) => changed.length > 0);
    return { conversations, isChanged };
  }

  /** Forgets what is neither given nor belongs to one of these conversations. */
  retain(given: AgentEntities, conversationIds: readonly string[]): void {
    const contactIds = conversationIds.map((id) => this.conversations.get(id)?.contactId ?? '');
    keep(this.workspaces, given.workspaces);
    keep(this.agents, given.agents);
    keep(this.inboxes, given.inboxes);
    keep(this.contacts, given.contacts, contactIds);
    keep(this.conversations, given.conversations, conversationIds);
    keep(this.marks, given.marks, conversationIds);
    keep(this.receipts, given.receipts, conversationIds);
    keep(this.drafts, given.drafts);
  }

  /** A conversation that is no longer this agent's to see. */
  remove(conversationId: string): void {
    this.conversations.delete(conversationId);
    this.marks.delete(conversationId);
    this.receipts.delete(conversationId);
    this.drafts.delete(conversationId);
  }
}

function putInto<T extends { id: string }>(held: Versioned<T>, given: readonly T[] = []): T[] {
  return given.filter((entity) => held.put(entity));
}

function keep<T extends { id: string }>(
  held: Versioned<T>,
  given: readonly T[] = [],
  alsoIds: readonly string[] = [],
): void {
  const kept = new Set<string>(alsoIds);
  for (const { id } of given) kept.add(id);
  held.retain((id) => kept.has(id));
}
