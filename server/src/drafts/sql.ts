import type { Draft } from '@deskbell/contract';
import { type Queries, run } from '../platform/store/connect.ts';

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
