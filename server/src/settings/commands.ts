import { refuse, settingsToStore } from '@deskbell/contract';
import { agents, changesSettings, workspaces } from '../accounts/index.ts';
import { differences } from '../platform/audit/audit.ts';
import { handler, type NewEvent } from '../platform/pipeline/command.ts';
import { put } from '../platform/pipeline/table.ts';

const nothing = { puts: [], events: [], answer: {} };

const changed = (
  kind: NewEvent['kind'],
  { id, version }: { id: string; version: number },
): NewEvent => ({ kind, id, version, audience: 'workspace' });

export const settingsCommands = [
  handler({
    kind: 'workspace.change',
    needs: () => [],
    decide(state, { input, actor }, { settings, workspaceId }) {
      const workspace = state.get(workspaces, workspaceId);
      if (!workspace) return refuse('not-found');
      if (!changesSettings(state.get(agents, actor.id)))
        return refuse('forbidden', 'Only admins change the workspace');
      const changes = differences({ name: workspace.name }, { name: input.name });
      if (changes.length === 0) return nothing;
      const row = { ...workspace, name: input.name, version: workspace.version + 1 };
      return {
        puts: [put(workspaces, row)],
        events: [changed('workspace.changed', row)],
        answer: {},
        settings,
        audit: [{ what: 'workspace.changed', subject: workspace, changes }],
      };
    },
  }),
  handler({
    kind: 'workspace.change-settings',
    needs: () => [],
    decide(state, { input, actor }, context) {
      const workspace = state.get(workspaces, context.workspaceId);
      if (!workspace) return refuse('not-found');
      if (!changesSettings(state.get(agents, actor.id)))
        return refuse('forbidden', 'Only admins change settings');
      const given = Object.entries(input).filter(([, value]) => value !== undefined);
      const settings = { ...context.settings, ...Object.fromEntries(given) };
      const changes = differences(context.settings, settings);
      if (changes.length === 0) return nothing;
      const stored = settingsToStore(settings);
      const row = { ...workspace, settings: stored, version: workspace.version + 1 };
      return {
        puts: [put(workspaces, row)],
        events: [changed('workspace.settings-changed', row)],
        answer: {},
        settings,
        audit: [{ what: 'workspace.settings-changed', subject: workspace, changes }],
      };
    },
  }),
];
