import { run } from '../../server/src/platform/store/connect.ts';
import type { Deskbell } from './deskbell.ts';
import type { Workspace } from './workspace.ts';

/** Of one conversation, as SQL that may name what `from` selects. */
interface Filled {
  id: string;
  contactId: string;
  name: string;
  /** In ms: opened and last written then. */
  at: string;
  /** Its last entry. */
  seq: string;
  messages: string;
  from: string;
}

/** Statements by which contacts wait for the workspace's first agent, who has their open conversations; their entries are missing yet. */
export const conversationsOfAgent = (filled: Filled): string[] => {
  const { id, contactId, name, at, seq, messages, from } = filled;
  return [
    `insert into contacts (workspace_id, id, version, name, email, created_at)
     select $1, ${contactId}, 1, ${name}, null, 1 from ${from}`,
    `insert into conversations (workspace_id, id, inbox_id, contact_id, seq, status, holder, assignee_id,
       participants, opened_at, queued_at, is_queued_in_front, is_contact_final, last_side, last_at, last_seq,
       last_contact_at, waiting_since, contact_messages)
     select $1, ${id}, i.id, ${contactId}, ${seq}, 'open', 'agent', a.id, '[]',
       ${at}, ${at}, false, false, 'contact', ${at}, ${seq}, ${at}, ${at}, ${messages}
     from ${from},
       (select id from inboxes where workspace_id = $1 limit 1) as i,
       (select id from agents where workspace_id = $1 and role = 'agent' limit 1) as a`,
  ];
};

/** One after the other; each is given the workspace as `$1` and of `values` those that it names, as `$2` and so on. */
export async function runAll(
  { sql }: Deskbell,
  { id: workspaceId }: Workspace,
  { statements, values }: { statements: readonly string[]; values: readonly (string | number)[] },
): Promise<void> {
  const all = [workspaceId, ...values];
  for (const text of statements)
    await run(
      sql as never,
      text,
      all.filter((_, index) => text.includes(`$${index + 1}`)),
    );
}
