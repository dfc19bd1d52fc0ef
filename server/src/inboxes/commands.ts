import { type InboxId, refuse, withChange } from '@deskbell/contract';
import { agents, changesSettings, withOtherRights } from '../accounts/index.ts';
import { differences } from '../platform/audit/audit.ts';
import { type Actor, handler, type NewEvent } from '../platform/pipeline/command.ts';
import { put, type State } from '../platform/pipeline/table.ts';
import { type InboxRow, newInbox } from './rules.ts';
import { inboxes } from './sql.ts';

const audience = 'workspace';

const mayChange = (state: State, actor: Actor) =>
  actor.kind === 'system' || changesSettings(state.get(agents, actor.id));

const changed = (row: InboxRow, kind: NewEvent['kind'] = 'inbox.changed'): NewEvent => ({
  kind,
  id: row.id,
  version: row.version,
  audience,
});

export const inboxCommands = [
  handler({
    kind: 'inbox.create',
    needs: () => [],
    decide(state, { input, actor }, { newId }) {
      if (!mayChange(state, actor)) return refuse('forbidden', 'Only admins create inboxes');
      const memberIds = actor.kind === 'agent' ? [actor.id] : [];
      const row = newInbox({ name: input.name, newId, memberIds });
      const rights = withOtherRights(state, memberIds);
      return {
        puts: [put(inboxes, row), ...rights.puts],
        events: [changed(row, 'inbox.added'), ...rights.events],
        answer: { inboxId: row.id as InboxId },
        audit: [{ what: 'inbox.added', subject: row }],
      };
    },
  }),
  handler({
    kind: 'inbox.change',
    needs: () => [],
    decide(state, { input, actor }) {
      const inbox = state.get(inboxes, input.inboxId);
      if (!inbox) return refuse('not-found');
      if (!mayChange(state, actor)) return refuse('forbidden', 'Only admins change inboxes');
      const row: InboxRow = {
        ...inbox,
        name: input.name ?? inbox.name,
        color: input.color ?? inbox.color,
        greeting: input.greeting ?? inbox.greeting,
        look: withChange(inbox.look, input.look ?? {}),
        domains: [...new Set(input.domains ?? inbox.domains)],
        preChat: input.preChat ?? inbox.preChat,
        version: inbox.version + 1,
      };
      const changes = differences(inbox, row);
      return {
        puts: [put(inboxes, row)],
        events: [changed(row)],
        answer: {},
        audit: changes.length > 0 ? [{ what: 'inbox.changed', subject: inbox, changes }] : [],
      };
    },
  }),
  handler({
    kind: 'inbox.add-member',
    needs: () => [],
    decide(state, { input, actor }) {
      const inbox = state.get(inboxes, input.inboxId);
      const member = state.get(agents, input.agentId);
      if (!inbox || !member) return refuse('not-found');
      if (!mayChange(state, actor))
        return refuse('forbidden', 'Only admins choose who serves an inbox');
      if (inbox.memberIds.includes(input.agentId)) return { puts: [], events: [], answer: {} };
      const row = {
        ...inbox,
        memberIds: [...inbox.memberIds, input.agentId],
        version: inbox.version + 1,
      };
      const rights = withOtherRights(state, [input.agentId]);
      return {
        puts: [put(inboxes, row), ...rights.puts],
        events: [changed(row, 'inbox.member-added'), ...rights.events],
        answer: {},
        audit: [{ what: 'inbox.member-added', subject: inbox, whom: member }],
      };
    },
  }),
  handler({
    kind: 'inbox.remove-member',
    needs: () => [],
    decide(state, { input, actor }) {
      const inbox = state.get(inboxes, input.inboxId);
      if (!inbox) return refuse('not-found');
      if (!mayChange(state, actor))
        return refuse('forbidden', 'Only admins choose who serves an inbox');
      if (!inbox.memberIds.includes(input.agentId)) return { puts: [], events: [], answer: {} };
      const memberIds = inbox.memberIds.filter((id) => id !== input.agentId);
      const row = { ...inbox, memberIds, version: inbox.version + 1 };
      const rights = withOtherRights(state, [input.agentId]);
      return {
        puts: [put(inboxes, row), ...rights.puts],
        events: [changed(row, 'inbox.member-removed'), ...rights.events],
        answer: {},
        audit: [
          { what: 'inbox.member-removed', subject: inbox, whom: state.get(agents, input.agentId) },
        ],
      };
    },
  }),
];
