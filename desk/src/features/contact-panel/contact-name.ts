import type { Contact } from '@deskbell/contract';
import { visitorTag } from '@deskbell/contract/views/search-text';

/** How a contact is called: by name, by mail address, or as "Visitor 7K3Q". */
export function contactName(
  contact: Pick<Contact, 'name' | 'email'> | undefined,
  contactId: string,
  visitor: (tag: string) => string,
): string {
  return contact?.name ?? contact?.email ?? visitor(visitorTag(contactId));
}
