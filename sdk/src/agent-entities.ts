import type {
  Agent,
  AgentEntities,
  Alerts,
  BulkJob,
  Contact,
  Conversation,
  Draft,
  Inbox,
  KeptPreferences,
  Label,
  Mark,
  Notice,
  Receipt,
  Team,
  Workspace,
} from '@deskbell/contract';
import { mergeMarks, mergeReceipts } from './receipts.ts';
import { newerOf, Versioned } from './versioned.ts';

/** What an agent may see, by kind and id. */
export class HeldEntities {
  readonly workspaces = new Versioned<Workspace>(newerOf);
  readonly agents = new Versioned<Agent>(newerOf);
  readonly inboxes = new Versioned<Inbox>(newerOf);
  readonly labels = new Versioned<Label>(newerOf);
  readonly teams = new Versioned<Team>(newerOf);
  readonly contacts = new Versioned<Contact>(newerOf);
  readonly conversations = new Versioned<Conversation>(newerOf);
  readonly marks = new Versioned<Mark>(mergeMarks);
  readonly receipts = new Versioned<Receipt>(mergeReceipts);
  readonly drafts = new Versioned<Draft>(newerOf);
  /** Of the bell. */
  readonly notices = new Versioned<Notice>(newerOf);
  /** What this agent wants to be told; one. */
  readonly alerts = new Versioned<Alerts>(newerOf);
  /** How this agent's desk is to be; one. */
  readonly preferences = new Versioned<KeptPreferences>(newerOf);
  /** What this agent does to many conversations at once. */
  readonly bulkJobs = new Versioned<BulkJob>(newerOf);

  /** Takes entities in. Answers the conversations, contacts and marks that are other ones now, and whether anything is. */
  put(given: AgentEntities): {
    conversations: Conversation[];
    contacts: Contact[];
    marks: Mark[];
    isChanged: boolean;
  } {
    // Contacts first: what a conversation is found by says their name.
    const contacts = putInto(this.contacts, given.contacts);
    const conversations = putInto(this.conversations, given.conversations);
    const marks = putInto(this.marks, given.marks);
    const others = [
      contacts,
      marks,
      putInto(this.workspaces, given.workspaces),
      putInto(this.agents, given.agents),
      putInto(this.inboxes, given.inboxes),
      putInto(this.labels, given.labels),
      putInto(this.teams, given.teams),
      putInto(this.receipts, given.receipts),
      putInto(this.drafts, given.drafts),
      putInto(this.notices, given.notices),
      putInto(this.alerts, given.alerts),
      putInto(this.preferences, given.preferences),
      putInto(this.bulkJobs, given.bulkJobs),
    ];
    const isChanged = conversations.length > 0 || others.some((changed) => changed.length > 0);
    return { conversations, contacts, marks, isChanged };
  }

  /** Forgets what is neither given nor belongs to one of these conversations. */
  retain(given: AgentEntities, conversationIds: readonly string[]): void {
    const contactIds = conversationIds.map((id) => this.conversations.get(id)?.contactId ?? '');
    keep(this.workspaces, given.workspaces);
    keep(this.agents, given.agents);
    keep(this.inboxes, given.inboxes);
    keep(this.labels, given.labels);
    keep(this.teams, given.teams);
    keep(this.contacts, given.contacts, contactIds);
    keep(this.conversations, given.conversations, conversationIds);
    keep(this.marks, given.marks, conversationIds);
    keep(this.receipts, given.receipts, conversationIds);
    keep(this.drafts, given.drafts);
    keep(this.notices, given.notices);
    keep(this.alerts, given.alerts);
    keep(this.preferences, given.preferences);
    keep(this.bulkJobs, given.bulkJobs);
  }

  /** A conversation that is no longer this agent's to see, and its contact's details, which go with the last. */
  remove(conversationId: string): void {
    const contactId = this.conversations.get(conversationId)?.contactId;
    this.conversations.delete(conversationId);
    this.marks.delete(conversationId);
    this.receipts.delete(conversationId);
    this.drafts.delete(conversationId);
    const isKnown = this.conversations.all().some((each) => each.contactId === contactId);
    if (contactId !== undefined && !isKnown) this.contacts.delete(contactId);
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
