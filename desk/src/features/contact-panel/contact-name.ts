import type { Contact } from '@deskbell/contract';

/** Without those that are mistaken for one another (Crockford's base 32). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Four signs by which people tell anonymous visitors apart; from the id, so that they stay. */
export function visitorTag(contactId: string): string {
  let bits = Number.parseInt(contactId.slice(-8), 16) >>> 0;
  let tag = '';
  while (tag.length < 4) {
    tag = `${letters[bits & 31]}${tag}`;
    bits >>>= 5;
  }
  return tag;
}

/** How a contact is called: by name, by mail address, or as "Visitor 7K3Q". */
export function contactName(
  contact: Pick<Contact, 'name' | 'email'> | undefined,
  contactId: string,
  visitor: (tag: string) => string,
): string {
  return contact?.name ?? contact?.email ?? visitor(visitorTag(contactId));
}
