import { run } from '../../server/src/platform/store/connect.ts';
import type { Deskbell } from '../harness/deskbell.ts';
import type { Workspace } from '../harness/workspace.ts';

/** One more open conversation in the hands of the first agent, of so many messages, the last of them said now. */
export async function fillLong(
  { sql }: Deskbell,
  { id: workspaceId }: Workspace,
  { conversationId, messages }: { conversationId: string; messages: number },
): Promise<void> {
  const now = `(extract(epoch from now()) * 1000)::bigint`;
  const steps = [
    `insert into contacts (workspace_id, id, version, name, email, created_at)
     values ($1, $2::uuid, 1, 'Long Talker', null, 1)`,
    `insert into conversations (workspace_id, id, inbox_id, contact_id, seq, status, holder, assignee_id,
       participants, opened_at, queued_at, is_queued_in_front, is_contact_final, last_side, last_at, last_seq,
       last_contact_at, waiting_since, contact_messages)
     select $1, $2::uuid, i.id, $2::uuid, $3, 'open', 'agent', a.id, '[]',
       ${now}, ${now}, false, false, 'contact', ${now}, $3, ${now}, ${now}, $3 / 2
     from (select id from inboxes where workspace_id = $1 limit 1) as i,
       (select id from agents where workspace_id = $1 and role = 'agent' limit 1) as a`,
    `insert into timeline (workspace_id, conversation_id, seq, id, at, kind, author_kind, author_id, text)
     select $1, $2::uuid, seq, gen_random_uuid(), ${now} - ($3 - seq)::bigint * 60000, 'message',
       'contact', $2::uuid, 'Message ' || seq || ', and some more words of the usual length of one.'
     from generate_series(1, $3) as seq`,
  ];
  for (const text of steps) {
    const values = [workspaceId, conversationId, ...(text.includes('$3') ? [messages] : [])];
    await run(sql as never, text.replaceAll('$3', '$3::int'), values);
  }
}
