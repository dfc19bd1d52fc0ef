import type { Contact, ContactId } from '@deskbell/contract';
import type { ContactRow } from './sql.ts';

export function contactForAgents(row: ContactRow): Contact {
  return {
    id: row.id as ContactId,
    version: row.version,
    name: row.name,
    email: row.email,
    phone: row.phone,
    createdAt: row.createdAt,
  };
}
