import type { Table } from '../platform/pipeline/table.ts';
import { column, textColumn } from '../platform/store/columns.ts';
import { run } from '../platform/store/connect.ts';

export interface ContactRow {
  id: string;
  version: number;
  name: string | null;
  email: string | null;
  phone: string | null;
  createdAt: number;
}

export const contacts: Table<ContactRow> = {
  name: 'contacts',
  key: (row) => row.id,
  load: (sql, workspaceId, keys) =>
    run<ContactRow>(
      sql,
      `select id, version, name, email, phone, created_at as "createdAt" from contacts where workspace_id = $1 and id = any($2::uuid[])`,
      [workspaceId, `{${keys.join(',')}}`],
    ),
  insert: (workspaceId, rows) => ({
    text: `insert into contacts (workspace_id, id, version, name, email, phone, created_at)
       select $1, * from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[])`,
    parameters: [workspaceId, ...values(rows)],
  }),
  update: (workspaceId, rows) => [
    {
      text: `update contacts set version = t.version, name = t.name, email = t.email, phone = t.phone
       from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[]) as t(id, version, name, email, phone, created_at)
       where contacts.workspace_id = $1 and contacts.id = t.id`,
      parameters: [workspaceId, ...values(rows)],
    },
  ],
};

function values(rows: readonly ContactRow[]): (string | null)[] {
  return [
    column(rows, (row) => row.id),
    column(rows, (row) => row.version),
    textColumn(rows, (row) => row.name),
    textColumn(rows, (row) => row.email),
    textColumn(rows, (row) => row.phone),
    column(rows, (row) => row.createdAt),
  ];
}
