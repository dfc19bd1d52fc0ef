import type { Role } from '@deskbell/contract';
import type { Table } from '../platform/pipeline/table.ts';
import { column, textColumn } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';

export interface AgentRow {
  id: string;
  userId: string | null;
  version: number;
  name: string;
  email: string;
  role: Role;
  isActive: boolean;
  /** Grows when what this agent may see changes. */
  rights: number;
}

const columns = `id, user_id as "userId", version, name, email, role, is_active as "isActive", rights`;

export function loadAgents(sql: Queries, workspaceId: string): Promise<AgentRow[]> {
  return run<AgentRow>(sql, `select ${columns} from agents where workspace_id = $1`, [workspaceId]);
}

/** All agents of a workspace are few and wanted by every command, so they are held whole. */
export const agents: Table<AgentRow> = {
  name: 'agents',
  key: (row) => row.id,
  load: (sql, workspaceId, keys) =>
    run<AgentRow>(
      sql,
      `select ${columns} from agents where workspace_id = $1 and id = any($2::uuid[])`,
      [workspaceId, `{${keys.join(',')}}`],
    ),
  whole: { entity: 'agent', loadAll: loadAgents },
  insert: (workspaceId, rows) => ({
    text: `insert into agents (workspace_id, id, user_id, version, name, email, role, is_active, rights)
       select $1, * from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::bigint[])`,
    parameters: [workspaceId, ...values(rows)],
  }),
  update: (workspaceId, rows) => [
    {
      text: `update agents set version = t.version, name = t.name, email = t.email, role = t.role, is_active = t.is_active, rights = t.rights
       from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::bigint[])
         as t(id, user_id, version, name, email, role, is_active, rights)
       where agents.workspace_id = $1 and agents.id = t.id`,
      parameters: [workspaceId, ...values(rows)],
    },
  ],
};

function values(rows: readonly AgentRow[]): (string | null)[] {
  return [
    column(rows, (row) => row.id),
    column(rows, (row) => row.userId),
    column(rows, (row) => row.version),
    textColumn(rows, (row) => row.name),
    textColumn(rows, (row) => row.email),
    column(rows, (row) => row.role),
    column(rows, (row) => row.isActive),
    column(rows, (row) => row.rights),
  ];
}
