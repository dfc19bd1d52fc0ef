import type { Contact, Conversation } from '@deskbell/contract';
import { holdsWords, searchText, searchWords } from '@deskbell/contract/views/search-text';

/** What searches look at, folded once per state of a conversation and its contact. */
export class SearchedTexts {
  private readonly texts = new WeakMap<
    Conversation,
    { contact: Contact | undefined; text: string }
  >();
  private readonly contactOf: (id: string) => Contact | undefined;
  private sought: { search: string; words: string[] } = { search: '', words: [] };

  constructor(contactOf: (id: string) => Contact | undefined) {
    this.contactOf = contactOf;
  }

  /** Whether a conversation is found by a search as it was typed. */
  holds(conversation: Conversation, search: string): boolean {
    if (search === '') return true;
    if (search !== this.sought.search) this.sought = { search, words: searchWords(search) };
    return holdsWords(this.textOf(conversation), this.sought.words);
  }

  private textOf(conversation: Conversation): string {
    const { contactId, lastMessage } = conversation;
    const contact = this.contactOf(contactId);
    const known = this.texts.get(conversation);
    if (known && known.contact === contact) return known.text;
    const nameless = { id: contactId, name: null, email: null };
    const text = searchText(contact ?? nameless, lastMessage);
    this.texts.set(conversation, { contact, text });
    return text;
  }
}
