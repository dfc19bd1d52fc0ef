import type { Table } from '../platform/pipeline/table.ts';
import { column, documentColumn, textColumn } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';
import type { InboxRow } from './rules.ts';

const columns = `id, version, name, channel, key, color, greeting, look, domains, member_ids as "memberIds", team_ids as "teamIds", pre_chat as "preChat", team_rules as "teamRules"`;

export function loadInboxes(sql: Queries, workspaceId: string): Promise<InboxRow[]> {
  return run<InboxRow>(
    sql,
    `select ${columns} from inboxes where workspace_id = $1 order by name`,
    [workspaceId],
  );
}

/** The inbox whose script tag a page carries, whatever its workspace. */
export async function findInboxByKey(
  sql: Queries,
  key: string,
): Promise<(InboxRow & { workspaceId: string }) | undefined> {
  const [row] = await run<InboxRow & { workspaceId: string }>(
    sql,
    `select ${columns}, workspace_id as "workspaceId" from inboxes where key = $1`,
    [key],
  );
  return row;
}

/** Those of these keys that lead to an inbox. */
export async function findInboxKeys(sql: Queries, keys: readonly string[]): Promise<string[]> {
  const rows = await run<{ key: string }>(
    sql,
    'select key from inboxes where key = any($1::text[])',
    [textColumn(keys, (key) => key)],
  );
  return rows.map(({ key }) => key);
}

export const inboxes: Table<InboxRow> = {
  name: 'inboxes',
  key: (row) => row.id,
  load: (sql, workspaceId, keys) =>
    run<InboxRow>(
      sql,
      `select ${columns} from inboxes where workspace_id = $1 and id = any($2::uuid[])`,
      [workspaceId, `{${keys.join(',')}}`],
    ),
  whole: { entity: 'inbox', loadAll: loadInboxes },
  insert: (workspaceId, rows) => ({
    text: `insert into inboxes (workspace_id, id, version, name, channel, key, color, greeting, look, domains, member_ids, team_ids, pre_chat, team_rules)
       select $1, * from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[], $10::jsonb[], $11::jsonb[], $12::jsonb[], $13::jsonb[], $14::jsonb[])`,
    parameters: [workspaceId, ...values(rows)],
  }),
  update: (workspaceId, rows) => [
    {
      text: `update inboxes set version = t.version, name = t.name, color = t.color, greeting = t.greeting,
         look = t.look, domains = t.domains, member_ids = t.member_ids, team_ids = t.team_ids,
         pre_chat = t.pre_chat, team_rules = t.team_rules
       from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[], $10::jsonb[], $11::jsonb[], $12::jsonb[], $13::jsonb[], $14::jsonb[])
         as t(id, version, name, channel, key, color, greeting, look, domains, member_ids, team_ids, pre_chat, team_rules)
       where inboxes.workspace_id = $1 and inboxes.id = t.id`,
      parameters: [workspaceId, ...values(rows)],
    },
  ],
};

function values(rows: readonly InboxRow[]): (string | null)[] {
  return [
    column(rows, (row) => row.id),
    column(rows, (row) => row.version),
    textColumn(rows, (row) => row.name),
    column(rows, (row) => row.channel),
    textColumn(rows, (row) => row.key),
    textColumn(rows, (row) => row.color),
    textColumn(rows, (row) => row.greeting),
    documentColumn(rows, (row) => row.look),
    documentColumn(rows, (row) => row.domains),
    documentColumn(rows, (row) => row.memberIds),
    documentColumn(rows, (row) => row.teamIds),
    documentColumn(rows, (row) => row.preChat),
    documentColumn(rows, (row) => row.teamRules),
  ];
}
