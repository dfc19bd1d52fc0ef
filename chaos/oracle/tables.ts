import type postgres from 'postgres';

/** A line of a timeline as it is stored, with the position of its event. */
export interface StoredEntry {
  conversationId: string;
  seq: number;
  id: string;
  kind: string;
  authorKind: string;
  authorId: string | null;
  text: string | null;
  clientId: string | null;
  position: number | null;
}

export interface StoredConversation {
  id: string;
  contactId: string;
  seq: number;
  status: string;
  assigneeId: string | null;
  openedAt: number;
}

export interface StoredEvent {
  position: number;
  kind: string;
  id: string;
  version: number;
  actor: string;
}

/** What the tables say, all of one moment. */
export interface Tables {
  entries: StoredEntry[];
  conversations: StoredConversation[];
  log: StoredEvent[];
}

/** Reads past every index, so that an index which lost its way cannot hide a row. */
export async function readTables(sql: postgres.Sql): Promise<Tables> {
  return sql.begin('isolation level repeatable read read only', async (transaction) => {
    await transaction`set local enable_indexscan = off`;
    await transaction`set local enable_indexonlyscan = off`;
    await transaction`set local enable_bitmapscan = off`;
    const entries = await transaction<StoredEntry[]>`
      select conversation_id as "conversationId", seq, timeline.id, timeline.kind, author_kind as "authorKind",
        author_id as "authorId", text, client_id as "clientId", position
      from timeline
      left join log on log.id = timeline.conversation_id and log.version = timeline.seq
      order by conversation_id, seq`;
    const conversations = await transaction<StoredConversation[]>`
      select id, contact_id as "contactId", seq, status, assignee_id as "assigneeId", opened_at as "openedAt"
      from conversations order by opened_at, id`;
    const log = await transaction<StoredEvent[]>`
      select position, kind, id, version, actor from log order by position`;
    return { entries: [...entries], conversations: [...conversations], log: [...log] };
  }) as Promise<Tables>;
}

/** The last message of each conversation. */
export function endsOf({ entries }: Tables): Map<string, number> {
  const ends = new Map<string, number>();
  for (const { kind, conversationId, seq } of entries)
    if (kind === 'message') ends.set(conversationId, seq);
  return ends;
}
