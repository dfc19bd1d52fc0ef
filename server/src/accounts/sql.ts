import type { Availability, Role } from '@deskbell/contract';
import type { Table } from '../platform/pipeline/table.ts';
import { column, documentColumn, textColumn } from '../platform/store/columns.ts';
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
  /** what the switch says, and since when; null: from the first. */
  availability: Availability;
  availabilityAt: number | null;
  /** What the next sign-in makes of it; null: nothing. */
  returnsTo: Availability | null;
  /** which of their open conversations go back to the queue while they are offline. */
  releases: 'none' | 'waiting' | 'all';
  /** how many open conversations they may have; null: the workspace's number. */
  capacity: number | null;
  /** The hash of the one shown. */
  picture: string | null;
  languages: readonly string[];
  signature: string;
}

/** What stands in the row of somebody who has just come (R-4.1: offline at first). */
export const newcomer: Omit<AgentRow, 'id' | 'userId' | 'name' | 'email' | 'role'> = {
  version: 1,
  isActive: true,
  rights: 1,
  availability: 'offline',
  availabilityAt: null,
  returnsTo: null,
  releases: 'waiting',
  capacity: null,
  picture: null,
  languages: [],
  signature: '',
};

const columns = `id, user_id as "userId", version, name, email, role, is_active as "isActive", rights,
  availability, availability_at as "availabilityAt", returns_to as "returnsTo", releases, capacity, picture, languages, signature`;

export function loadAgents(sql: Queries, workspaceId: string): Promise<AgentRow[]> {
  return run<AgentRow>(sql, `select ${columns} from agents where workspace_id = $1`, [workspaceId]);
}

const written =
  'id, user_id, version, name, email, role, is_active, rights, availability, availability_at, returns_to, releases, capacity, picture, languages, signature';
const unnested = `unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::bigint[],
         $10::text[], $11::bigint[], $12::text[], $13::text[], $14::int[], $15::text[], $16::jsonb[], $17::text[])`;

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
    text: `insert into agents (workspace_id, ${written})
       select $1, * from ${unnested}`,
    parameters: [workspaceId, ...values(rows)],
  }),
  update: (workspaceId, rows) => [
    {
      text: `update agents set version = t.version, name = t.name, email = t.email, role = t.role, is_active = t.is_active, rights = t.rights,
         availability = t.availability, availability_at = t.availability_at, returns_to = t.returns_to, releases = t.releases, capacity = t.capacity,
         picture = t.picture, languages = t.languages, signature = t.signature
       from ${unnested} as t(${written})
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
    column(rows, (row) => row.availability),
    column(rows, (row) => row.availabilityAt),
    column(rows, (row) => row.returnsTo),
    column(rows, (row) => row.releases),
    column(rows, (row) => row.capacity),
    textColumn(rows, (row) => row.picture),
    documentColumn(rows, (row) => row.languages),
    textColumn(rows, (row) => row.signature),
  ];
}
