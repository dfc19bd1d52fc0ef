import type { Table } from '../platform/pipeline/table.ts';
import { column } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';

/** When routing last gave an agent a conversation: whose turn it is. */
export interface TurnRow {
  agentId: string;
  servedAt: number;
}

export const turns: Table<TurnRow> = {
  name: 'routing_turns',
  key: (row) => row.agentId,
  load: (sql, workspaceId, keys) =>
    run<TurnRow>(
      sql,
      `select agent_id as "agentId", served_at as "servedAt" from routing_turns
       where workspace_id = $1 and agent_id = any($2::uuid[])`,
      [workspaceId, `{${keys.join(',')}}`],
    ),
  insert: (workspaceId, rows) => ({
    text: `insert into routing_turns (workspace_id, agent_id, served_at) select $1, * from unnest($2::uuid[], $3::bigint[])`,
    parameters: [workspaceId, ...values(rows)],
  }),
  update: (workspaceId, rows) => [
    {
      text: `update routing_turns set served_at = t.served_at from unnest($2::uuid[], $3::bigint[]) as t(agent_id, served_at)
       where routing_turns.workspace_id = $1 and routing_turns.agent_id = t.agent_id`,
      parameters: [workspaceId, ...values(rows)],
    },
  ],
};

const values = (rows: readonly TurnRow[]) => [
  column(rows, (row) => row.agentId),
  column(rows, (row) => row.servedAt),
];

/** The workspaces that route by themselves, in which somebody waits and somebody could take them. */
export async function findWaitingWorkspaces(sql: Queries): Promise<string[]> {
  const rows = await run<{ id: string }>(
    sql,
    `select id from workspaces w
     where coalesce(settings ->> 'routing', 'manual') <> 'manual'
       and exists (select from conversations c where c.workspace_id = w.id and c.status = 'open' and c.holder = 'nobody')
       and exists (select from agents a where a.workspace_id = w.id and a.is_active and a.availability = 'online')`,
    [],
  );
  return rows.map((row) => row.id);
}
