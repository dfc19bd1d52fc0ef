import type { Table } from '../platform/pipeline/table.ts';
import { column, documentColumn, textColumn } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';

export interface WorkspaceRow {
  id: string;
  version: number;
  name: string;
  /** Those that differ from their defaults. */
  settings: object;
}

export async function findWorkspace(sql: Queries, id: string): Promise<WorkspaceRow | undefined> {
  const [row] = await run<WorkspaceRow>(
    sql,
    'select id, version, name, settings from workspaces where id = $1',
    [id],
  );
  return row;
}

/** One row: the workspace's own. */
export const workspaces: Table<WorkspaceRow> = {
  name: 'workspaces',
  key: (row) => row.id,
  load: loadOwn,
  whole: { entity: 'workspace', loadAll: loadOwn },
  insert: (_workspaceId, rows) => ({
    text: `insert into workspaces (created_at, id, version, name, settings)
       select ${NOW_MS}, * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::jsonb[])`,
    parameters: values(rows),
  }),
  update: (_workspaceId, rows) => [
    {
      text: `update workspaces set version = t.version, name = t.name, settings = t.settings
       from unnest($1::uuid[], $2::bigint[], $3::text[], $4::jsonb[]) as t(id, version, name, settings)
       where workspaces.id = t.id`,
      parameters: values(rows),
    },
  ],
};

async function loadOwn(sql: Queries, workspaceId: string): Promise<WorkspaceRow[]> {
  const row = await findWorkspace(sql, workspaceId);
  return row ? [row] : [];
}

const values = (rows: readonly WorkspaceRow[]) => [
  column(rows, (row) => row.id),
  column(rows, (row) => row.version),
  textColumn(rows, (row) => row.name),
  documentColumn(rows, (row) => row.settings),
];

export interface WorkspaceOfUser {
  id: string;
  name: string;
  agentId: string;
  isLastUsed: boolean;
}

/** The workspaces where whoever is this agent is one too, the first joined first. */
export function findWorkspacesOf(
  sql: Queries,
  { userId }: { userId: string | null },
): Promise<WorkspaceOfUser[]> {
  return run(
    sql,
    `select w.id, w.name, a.id as "agentId", w.id is not distinct from u.last_workspace_id as "isLastUsed"
     from agents a join workspaces w on w.id = a.workspace_id join users u on u.id = a.user_id
     where a.user_id = $1 and a.is_active order by a.id`,
    [userId],
  );
}
