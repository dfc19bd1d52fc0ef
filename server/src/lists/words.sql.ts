import { type Contact, searchText } from '@deskbell/contract';
import { contacts } from '../contacts/index.ts';
import { conversations } from '../conversations/index.ts';
import { column, textColumn } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';

export interface Words {
  conversationId: string;
  words: string;
}

/** Keeps what searches within lists find conversations by; what stays the same isn't written. */
export async function keepWords(
  sql: Queries,
  workspaceId: string,
  all: readonly Words[],
): Promise<void> {
  if (all.length === 0) return;
  await run(
    sql,
    `insert into conversation_words as kept (workspace_id, conversation_id, words)
     select $1, * from unnest($2::uuid[], $3::text[])
     on conflict (workspace_id, conversation_id) do update set words = excluded.words
     where kept.words is distinct from excluded.words`,
    [
      workspaceId,
      column(all, (each) => each.conversationId),
      textColumn(all, (each) => each.words),
    ],
  );
}

/** What some conversations are found by, as they are now. */
export async function wordsNow(
  sql: Queries,
  workspaceId: string,
  ids: readonly string[],
): Promise<Words[]> {
  const rows = await conversations.load(sql, workspaceId, [...ids]);
  const people = await contacts.load(sql, workspaceId, [
    ...new Set(rows.map((row) => row.contactId)),
  ]);
  const byId = new Map(people.map((contact) => [contact.id, contact]));
  return rows.map((row) => {
    const contact = byId.get(row.contactId) ?? { id: row.contactId, name: null, email: null };
    const lastMessage = row.lastText === null ? null : { text: row.lastText };
    return { conversationId: row.id, words: searchText(contact as Contact, lastMessage) };
  });
}

/** The conversations of some contacts. */
export async function findOfContacts(
  sql: Queries,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const rows = await run<{ id: string }>(
    sql,
    `select id from conversations where workspace_id = $1 and contact_id = any($2::uuid[])`,
    [workspaceId, `{${contactIds.join(',')}}`],
  );
  return rows.map(({ id }) => id);
}
