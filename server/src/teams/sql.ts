import type { State, Table } from '../platform/pipeline/table.ts';
import { column, documentColumn, textColumn } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';
import type { TeamRow } from './rules.ts';

const columns = `id, version, name, member_ids as "memberIds", is_deleted as "isDeleted", kept`;

/** The teams that there are. */
export async function loadTeams(sql: Queries, workspaceId: string): Promise<TeamRow[]> {
  return (await loadAll(sql, workspaceId)).filter(({ isDeleted }) => !isDeleted);
}

/** The deleted ones too: they can be brought back. */
function loadAll(sql: Queries, workspaceId: string): Promise<TeamRow[]> {
  return run<TeamRow>(
    sql,
    `select ${columns} from teams where workspace_id = $1 order by name, id`,
    [workspaceId],
  );
}

export const teams: Table<TeamRow> = {
  name: 'teams',
  key: (row) => row.id,
  load: (sql, workspaceId, keys) =>
    run<TeamRow>(
      sql,
      `select ${columns} from teams where workspace_id = $1 and id = any($2::uuid[])`,
      [workspaceId, `{${keys.join(',')}}`],
    ),
  whole: { entity: 'team', loadAll },
  insert: (workspaceId, rows) => ({
    text: `insert into teams (workspace_id, id, version, name, member_ids, is_deleted, kept)
       select $1, * from unnest($2::uuid[], $3::bigint[], $4::text[], $5::jsonb[], $6::boolean[], $7::jsonb[])`,
    parameters: [workspaceId, ...values(rows)],
  }),
  update: (workspaceId, rows) => [
    {
      text: `update teams set version = t.version, name = t.name, member_ids = t.member_ids, is_deleted = t.is_deleted, kept = t.kept
       from unnest($2::uuid[], $3::bigint[], $4::text[], $5::jsonb[], $6::boolean[], $7::jsonb[])
         as t(id, version, name, member_ids, is_deleted, kept)
       where teams.workspace_id = $1 and teams.id = t.id`,
      parameters: [workspaceId, ...values(rows)],
    },
  ],
};

/** The teams that there are, for a decision: the table holds the deleted ones too. */
export const teamsIn = (state: State): TeamRow[] =>
  [...state.all(teams)].filter(({ isDeleted }) => !isDeleted);

function values(rows: readonly TeamRow[]): (string | null)[] {
  return [
    column(rows, (row) => row.id),
    column(rows, (row) => row.version),
    textColumn(rows, (row) => row.name),
    documentColumn(rows, (row) => row.memberIds),
    column(rows, (row) => row.isDeleted),
    documentColumn(rows, (row) => row.kept),
  ];
}
