import { run } from '../../server/src/platform/store/connect.ts';
import type { Deskbell } from '../harness/deskbell.ts';
import type { Workspace } from '../harness/workspace.ts';

/** What each conversation's last message says, so that a bench knows what it waits for. */
export const lastWords = (n: number) => `about order ${n}.`;

/** So many open conversations of as many contacts, of two messages each, in the hands of the first agent; the first is the newest. */
export async function fillLists(
  { sql }: Deskbell,
  { id: workspaceId }: Workspace,
  count: number,
): Promise<void> {
  const contact = `('00000000-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const conversation = `('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const at = `(extract(epoch from now()) * 1000)::bigint - n * 1000`;
  const steps = [
    `insert into contacts (workspace_id, id, version, name, email, created_at)
     select $1, ${contact}, 1, 'Person ' || n, null, 1 from generate_series(1, $2::int) as n`,
    `insert into conversations (workspace_id, id, inbox_id, contact_id, seq, status, holder, assignee_id,
       participants, opened_at, queued_at, is_queued_in_front, is_contact_final, last_side, last_at, last_seq,
       last_contact_at, waiting_since, contact_messages)
     select $1, ${conversation}, i.id, ${contact}, 3, 'open', 'agent', a.id, '[]',
       ${at}, ${at}, false, false, 'contact', ${at}, 3, ${at}, ${at}, 2
     from generate_series(1, $2::int) as n,
       (select id from inboxes where workspace_id = $1 limit 1) as i,
       (select id from agents where workspace_id = $1 and role = 'agent' limit 1) as a`,
    `insert into timeline (workspace_id, conversation_id, seq, id, at, kind, author_kind, author_id, text, activity)
     select $1, ${conversation}, seq, gen_random_uuid(), ${at}, case seq when 1 then 'activity' else 'message' end,
       'contact', ${contact}, case seq when 2 then 'Hello' when 3 then 'about order ' || n || '.' end,
       case seq when 1 then '{"what":"opened"}'::jsonb end
     from generate_series(1, $2::int) as n, generate_series(1, 3) as seq`,
    'analyze',
  ];
  for (const text of steps) {
    const values = text.includes('$2') ? [workspaceId, count] : [];
    await run(sql as never, text, values);
  }
}
