import type { Table } from '../platform/pipeline/table.ts';
import { column, textColumn } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';

export interface LabelRow {
  id: string;
  version: number;
  name: string;
  color: string;
  isDeleted: boolean;
}

const columns = `id, version, name, color, is_deleted as "isDeleted"`;

export function loadLabels(sql: Queries, workspaceId: string): Promise<LabelRow[]> {
  return run<LabelRow>(sql, `select ${columns} from labels where workspace_id = $1 order by name`, [
    workspaceId,
  ]);
}

export const labels: Table<LabelRow> = {
  name: 'labels',
  key: (row) => row.id,
  load: (sql, workspaceId, keys) =>
    run<LabelRow>(
      sql,
      `select ${columns} from labels where workspace_id = $1 and id = any($2::uuid[])`,
      [workspaceId, `{${keys.join(',')}}`],
    ),
  whole: { entity: 'label', loadAll: loadLabels },
  insert: (workspaceId, rows) => ({
    text: `insert into labels (workspace_id, id, version, name, color, is_deleted)
       select $1, * from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::boolean[])`,
    parameters: [workspaceId, ...values(rows)],
  }),
  update: (workspaceId, rows) => [
    {
      text: `update labels set version = t.version, name = t.name, color = t.color, is_deleted = t.is_deleted
       from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::boolean[])
         as t(id, version, name, color, is_deleted)
       where labels.workspace_id = $1 and labels.id = t.id`,
      parameters: [workspaceId, ...values(rows)],
    },
  ],
};

function values(rows: readonly LabelRow[]): (string | null)[] {
  return [
    column(rows, (row) => row.id),
    column(rows, (row) => row.version),
    textColumn(rows, (row) => row.name),
    column(rows, (row) => row.color),
    column(rows, (row) => row.isDeleted),
  ];
}
