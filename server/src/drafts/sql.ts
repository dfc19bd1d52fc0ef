import type { Draft } from '@deskbell/contract';
import type { Table } from '../platform/pipeline/table.ts';
import { column } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';

/** Keeps an agent's draft; an older version than the one stored changes nothing. Blank text is kept too: it says that the draft was taken back. */
export async function saveDraft(
  sql: Queries,
  workspaceId: string,
  draft: Draft & { agentId: string },
): Promise<boolean> {
  const rows = await run(
    sql,
    `insert into drafts (workspace_id, agent_id, conversation_id, version, text) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, agent_id, conversation_id) do update
       set version = excluded.version, text = excluded.text where excluded.version > drafts.version
     returning 1`,
    [workspaceId, draft.agentId, draft.id, draft.version, draft.text],
  );
  return rows.length > 0;
}

/** An agent's drafts. A device that was away also has to hear which were taken back: those are blank. */
export function findDrafts(
  sql: Queries,
  workspaceId: string,
  of: { agentId: string; isTakenBackToo: boolean },
): Promise<Draft[]> {
  return run<Draft>(
    sql,
    `select conversation_id as id, version, text from drafts
     where workspace_id = $1 and agent_id = $2 and ($3 or text <> '') order by version desc limit 500`,
    [workspaceId, of.agentId, of.isTakenBackToo],
  );
}

/** Typing is stored at most this often, in ms. */
const TYPED_AGAIN_MS = 10_000;

/** When an agent last typed in a conversation; null: never. */
export interface TypingRow {
  conversationId: string;
  agentId: string;
  at: number | null;
}

/** The key of {@link typing}. */
export const typingKey = (conversationId: string, agentId: string) =>
  `${conversationId}:${agentId}`;

/** Read by the clock of a conversation, written by pulses. */
export const typing: Table<TypingRow> = {
  name: 'typing',
  key: (row) => typingKey(row.conversationId, row.agentId),
  isVolatile: true,
  load: (sql, workspaceId, keys) => {
    const pairs = keys.map((key) => key.split(':'));
    return run<TypingRow>(
      sql,
      `select asked.conversation as "conversationId", asked.agent as "agentId", typed_at as at
       from unnest($2::uuid[], $3::uuid[]) as asked(conversation, agent)
       left join drafts on workspace_id = $1 and agent_id = asked.agent and conversation_id = asked.conversation`,
      [
        workspaceId,
        column(pairs, ([conversation]) => conversation ?? null),
        column(pairs, ([, agent]) => agent ?? null),
      ],
    );
  },
  insert() {
    throw new Error('typing is written by pulses, not by commands');
  },
};

/** An agent types in a conversation now: by the database's clock, never below the workspace's last event. */
export function markTyping(
  sql: Queries,
  workspaceId: string,
  of: { agentId: string; conversationId: string },
): Promise<unknown> {
  return run(
    sql,
    `insert into drafts as d (workspace_id, agent_id, conversation_id, version, text, typed_at)
     select $1, $2, $3, 0, '', greatest(${NOW_MS},
       (select at from log where workspace_id = $1 order by position desc limit 1))
     on conflict (workspace_id, agent_id, conversation_id) do update
       set typed_at = excluded.typed_at where d.typed_at < excluded.typed_at - ${TYPED_AGAIN_MS}`,
    [workspaceId, of.agentId, of.conversationId],
  );
}
