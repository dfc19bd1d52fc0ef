export const WORKSPACE_COLUMNS = 'id, name, version';

export interface WorkspaceRow {
  id: string;
  name: string;
  version: number;
}
