import type { ConversationId, Mark, Receipt } from '@deskbell/contract';
import { type Queries, run } from '../platform/store/connect.ts';

const receiptColumns = `conversation_id as id, contact_delivered as "contactDelivered", contact_read as "contactRead", ours_read as "oursRead"`;

/** An agent has read up to `seq`; a lower one than before changes nothing. Returns the mark as it stands. */
export async function markRead(
  sql: Queries,
  workspaceId: string,
  read: { agentId: string; conversationId: string; seq: number },
): Promise<Mark | undefined> {
  const [row] = await run<{ version: number; contactMessages: number }>(
    sql,
    `insert into marks (workspace_id, agent_id, conversation_id, seq, contact_messages)
     select $1, $2, c.id, least($4::bigint, c.seq), c.contact_messages - (
       select count(*) from timeline t
       where t.workspace_id = $1 and t.conversation_id = c.id and t.seq > $4 and t.kind = 'message' and t.author_kind = 'contact')
     from conversations c where c.workspace_id = $1 and c.id = $3
     on conflict (workspace_id, agent_id, conversation_id) do update
       set seq = excluded.seq, contact_messages = excluded.contact_messages where excluded.seq > marks.seq
     returning seq as version, contact_messages as "contactMessages"`,
    [workspaceId, read.agentId, read.conversationId, read.seq],
  );
  return row && { id: read.conversationId as ConversationId, ...row };
}

/** Moves one side's watermark of a conversation forward. Returns the receipt when it moved. */
export async function moveReceipt(
  sql: Queries,
  workspaceId: string,
  receipt: {
    conversationId: string;
    side: 'contact_delivered' | 'contact_read' | 'ours_read';
    seq: number;
  },
): Promise<Receipt | undefined> {
  const { side } = receipt;
  const [row] = await run<Receipt>(
    sql,
    `insert into receipts as r (workspace_id, conversation_id, ${side})
     select $1, c.id, least($3::bigint, c.seq) from conversations c where c.workspace_id = $1 and c.id = $2
     on conflict (workspace_id, conversation_id) do update set ${side} = excluded.${side} where excluded.${side} > r.${side}
     returning ${receiptColumns}`,
    [workspaceId, receipt.conversationId, receipt.seq],
  );
  return row;
}

export function findMarks(
  sql: Queries,
  workspaceId: string,
  of: { agentId: string; conversationIds: readonly string[] },
): Promise<Mark[]> {
  return run<Mark>(
    sql,
    `select conversation_id as id, seq as version, contact_messages as "contactMessages" from marks
     where workspace_id = $1 and agent_id = $2 and conversation_id = any($3::uuid[])`,
    [workspaceId, of.agentId, `{${of.conversationIds.join(',')}}`],
  );
}

/** How far an agent has read the conversations that are not closed. */
export function findLiveMarks(sql: Queries, workspaceId: string, agentId: string): Promise<Mark[]> {
  return run<Mark>(
    sql,
    `select m.conversation_id as id, m.seq as version, m.contact_messages as "contactMessages"
     from marks m join conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
     where m.workspace_id = $1 and m.agent_id = $2 and c.status <> 'closed'`,
    [workspaceId, agentId],
  );
}

export function findReceipts(
  sql: Queries,
  workspaceId: string,
  conversationIds: readonly string[],
): Promise<Receipt[]> {
  return run<Receipt>(
    sql,
    `select ${receiptColumns} from receipts where workspace_id = $1 and conversation_id = any($2::uuid[])`,
    [workspaceId, `{${conversationIds.join(',')}}`],
  );
}
