import { type Queries, run } from '../platform/store/connect.ts';

export interface WorkspaceRow {
  id: string;
  version: number;
  name: string;
}

export async function findWorkspace(sql: Queries, id: string): Promise<WorkspaceRow | undefined> {
  const [row] = await run<WorkspaceRow>(
    sql,
    'select id, version, name from workspaces where id = $1',
    [id],
  );
  return row;
}
