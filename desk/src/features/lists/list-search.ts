import type { Contact, Conversation } from '@deskbell/contract';

const texts = new WeakMap<Conversation, { contact: Contact | undefined; text: string }>();

/** Letters as people type them: without case, accents and double blanks. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether a card holds all words of the (folded) search: in the contact's name, mail or the last message. */
export function isFound(
  conversation: Conversation,
  { contact, name }: { contact: Contact | undefined; name: string },
  search: string,
): boolean {
  const text = textOf(conversation, contact, name);
  return search.split(' ').every((word) => text.includes(word));
}

/** Folded once per state of the card: with 10,000 of them a letter may cost a few milliseconds. */
function textOf(conversation: Conversation, contact: Contact | undefined, name: string): string {
  const known = texts.get(conversation);
  if (known && known.contact === contact) return known.text;
  const text = fold(`${name} ${contact?.email ?? ''} ${conversation.lastMessage?.text ?? ''}`);
  texts.set(conversation, { contact, text });
  return text;
}
