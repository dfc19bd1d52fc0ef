import type { Deskbell } from '../harness/deskbell.ts';
import { conversationsOfAgent, runAll } from '../harness/filling.ts';
import type { Workspace } from '../harness/workspace.ts';

/** What each conversation's last message says, so that a bench knows what it waits for. */
export const lastWords = (n: number) => `about order ${n}.`;

/** So many open conversations of as many contacts, of two messages each, in the hands of the first agent; the first is the newest. */
export async function fillLists(
  deskbell: Deskbell,
  workspace: Workspace,
  count: number,
): Promise<void> {
  const contactId = `('00000000-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const id = `('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const at = `(extract(epoch from now()) * 1000)::bigint - n * 1000`;
  const from = 'generate_series(1, $2::int) as n';
  const statements = [
    ...conversationsOfAgent({
      ...{ id, contactId, at, from },
      ...{ name: `'Person ' || n`, seq: '3', messages: '2' },
    }),
    `insert into timeline (workspace_id, conversation_id, seq, id, at, kind, author_kind, author_id, text, activity)
     select $1, ${id}, seq, gen_random_uuid(), ${at}, case seq when 1 then 'activity' else 'message' end,
       'contact', ${contactId}, case seq when 2 then 'Hello' when 3 then 'about order ' || n || '.' end,
       case seq when 1 then '{"what":"opened"}'::jsonb end
     from ${from}, generate_series(1, 3) as seq`,
  ];
  await runAll(deskbell, workspace, { statements, values: [count] });
  await deskbell.sql.unsafe('analyze');
}
