import type { Contact } from '@deskbell/contract';
import { visitorTag } from '@deskbell/contract/views/search-text';

type Named = Pick<Contact, 'name' | 'email'> | undefined;

/** What a contact is really called; null of an anonymous visitor, whose initials would say nothing. */
export function knownName(contact: Named): string | null {
  return contact?.name ?? contact?.email ?? null;
}

/** How a contact is called: by name, by mail address, or as "Visitor 7K3Q". */
export function contactName(
  contact: Named,
  contactId: string,
  visitor: (tag: string) => string,
): string {
  return knownName(contact) ?? visitor(visitorTag(contactId));
}
