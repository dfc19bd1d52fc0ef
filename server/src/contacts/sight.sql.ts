import type { Sight, SightFacts } from '@deskbell/contract';
import type { Table } from '../platform/pipeline/table.ts';
import { type Queries, run } from '../platform/store/connect.ts';
import { IS_SEEN, SIGHT_END, sightParameters } from '../teams/index.ts';
import type { ContactRow } from './sql.ts';

/** Of these contacts, those whom somebody sees: who has a conversation in their sight. */
export function findSeenContacts(
  sql: Queries,
  workspaceId: string,
  { contactIds, sight }: { contactIds: readonly string[]; sight: Sight },
): Promise<ContactRow[]> {
  if (contactIds.length === 0) return Promise.resolve([]);
  return run<ContactRow>(
    sql,
    `select id, version, name, email, phone, created_at as "createdAt" from contacts
     where workspace_id = $1 and id = any($${SIGHT_END + 1}::uuid[]) and exists (
       select from conversations c where c.workspace_id = $1 and c.contact_id = contacts.id and ${IS_SEEN})`,
    [workspaceId, ...sightParameters(sight), `{${contactIds.join(',')}}`],
  );
}

/** Where a contact has conversations, and with whom. */
export interface ContactPlaces {
  contactId: string;
  places: SightFacts[];
}

/** Read by commands, and changed by those of conversations: loaded afresh each time. */
export const contactPlaces: Table<ContactPlaces> = {
  name: 'contactPlaces',
  key: (row) => row.contactId,
  isVolatile: true,
  load: (sql, workspaceId, keys) =>
    run<ContactPlaces>(
      sql,
      `select contact_id as "contactId", jsonb_agg(distinct jsonb_build_object(
         'inboxId', inbox_id, 'teamId', team_id, 'assigneeId', assignee_id, 'participants', participants)) as places
       from conversations where workspace_id = $1 and contact_id = any($2::uuid[]) group by contact_id`,
      [workspaceId, `{${keys.join(',')}}`],
    ),
  insert() {
    throw new Error('where a contact stands is written with their conversations');
  },
};
