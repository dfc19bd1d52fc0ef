import type { Deskbell } from '../harness/deskbell.ts';
import { conversationsOfAgent, runAll } from '../harness/filling.ts';
import type { Workspace } from '../harness/workspace.ts';

/** One more open conversation in the hands of the first agent, of so many messages, the last of them said now. */
export async function fillLong(
  deskbell: Deskbell,
  workspace: Workspace,
  { conversationId, messages }: { conversationId: string; messages: number },
): Promise<void> {
  const now = `(extract(epoch from now()) * 1000)::bigint`;
  const statements = [
    ...conversationsOfAgent({
      ...{ id: 'long.id', contactId: 'long.id', name: `'Long Talker'`, at: now },
      ...{ seq: 'long.seq', messages: 'long.seq / 2' },
      from: '(select $2::uuid as id, $3::int as seq) as long',
    }),
    `insert into timeline (workspace_id, conversation_id, seq, id, at, kind, author_kind, author_id, text)
     select $1, $2::uuid, seq, gen_random_uuid(), ${now} - ($3::int - seq)::bigint * 60000, 'message',
       'contact', $2::uuid, 'Message ' || seq || ', and some more words of the usual length of one.'
     from generate_series(1, $3::int) as seq`,
  ];
  await runAll(deskbell, workspace, { statements, values: [conversationId, messages] });
}
