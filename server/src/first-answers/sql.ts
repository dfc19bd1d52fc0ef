import { type Queries, run } from '../platform/store/connect.ts';

/** the median of so many days, known from so many answers on. */
const WINDOW_MS = 7 * 24 * 3_600_000;
const ENOUGH = 5;

/** Notes for each conversation that a contact began when an agent first answered; the first note stays. */
export function noteFirstAnswers(
  sql: Queries,
  workspaceId: string,
  conversationIds: readonly string[],
): Promise<unknown> {
  return run(
    sql,
    `insert into first_answers (workspace_id, conversation_id, opened_at, answered_at)
     select $1, c.id, c.opened_at, answer.at
     from unnest($2::uuid[]) as asked(id)
     join conversations c on c.workspace_id = $1 and c.id = asked.id
     cross join lateral (
       select author_kind from timeline where workspace_id = $1 and conversation_id = c.id and kind = 'message' order by seq limit 1
     ) as beginning
     cross join lateral (
       select at from timeline where workspace_id = $1 and conversation_id = c.id and kind = 'message' and author_kind = 'agent' order by seq limit 1
     ) as answer
     where beginning.author_kind = 'contact' and not exists (
       select from first_answers f where f.workspace_id = $1 and f.conversation_id = asked.id)
     on conflict do nothing`,
    [workspaceId, `{${conversationIds.join(',')}}`],
  );
}

/** how long a contact usually waits for a first answer, in ms; null while too few are known. */
export async function usualFirstAnswer(
  sql: Queries,
  workspaceId: string,
  now: number,
): Promise<number | null> {
  const [row] = await run<{ count: number; median: number | null }>(
    sql,
    `select count(*) as count, (percentile_cont(0.5) within group (order by answered_at - opened_at))::bigint as median
     from first_answers where workspace_id = $1 and answered_at > $2 and answered_at <= $3`,
    [workspaceId, now - WINDOW_MS, now],
  );
  return row && row.count >= ENOUGH ? row.median : null;
}
