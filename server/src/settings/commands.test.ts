import { describe, expect, it } from 'vitest';
import { type WorkspaceRow, workspaces } from '../accounts/index.ts';
import { acting, said } from '../testing/acting.ts';

/** Susan is an admin of this workspace. */
function workspace() {
  const stage = acting();
  stage.make('susan', { role: 'admin' });
  const put = (row: WorkspaceRow) => stage.state.set(workspaces, row);
  put({ id: 'w', version: 1, name: 'Shop', settings: {} });
  return { ...stage, row: () => stage.state.get(workspaces, 'w') };
}

describe('R-18.1, R-18.3 the workspace', () => {
  it('R-18.1 admins alone change its name and its settings', () => {
    const { by } = workspace();
    expect(said(by('ann', 'workspace.change', { name: 'Store' }))).toBe('forbidden');
    expect(said(by('ann', 'workspace.change-settings', { capacity: 9 }))).toBe('forbidden');
    const other = acting();
    expect(said(other.by('susan', 'workspace.change', { name: 'x' }))).toBe('not-found');
    expect(said(other.by('susan', 'workspace.change-settings', {}))).toBe('not-found');
  });

  it('R-18.3 its name, once, and the audit log says so', () => {
    const { by, row, company } = workspace();
    const change = (name: string) => by('susan', 'workspace.change', { name });
    expect(said(change('Shop'))).toBe('nothing');
    expect(change('Store')).toMatchObject({
      events: [{ kind: 'workspace.changed', version: 2 }],
      settings: company.settings,
      audit: [{ changes: [{ field: 'name', before: 'Shop', after: 'Store' }] }],
    });
    expect(row()).toMatchObject({ name: 'Store', version: 2 });
  });

  it('R-18.3 its settings: those that are named and differ; only what is no default is stored', () => {
    const { by, row, company } = workspace();
    const change = (input: object) => by('susan', 'workspace.change-settings', input);
    expect(said(change({ capacity: company.settings.capacity }))).toBe('nothing');
    expect(change({ capacity: 9, routing: undefined })).toMatchObject({
      events: [{ kind: 'workspace.settings-changed', version: 2 }],
      settings: { ...company.settings, capacity: 9 },
      audit: [{ changes: [{ field: 'capacity', before: company.settings.capacity, after: 9 }] }],
    });
    expect(row()).toMatchObject({ settings: { capacity: 9 }, version: 2 });
  });
});
