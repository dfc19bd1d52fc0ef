/** What decides: each decision in these files is broken in turn. */
export const targets: readonly string[] = [
  'contract/src/domains.ts',
  'contract/src/views/filter.ts',
  'contract/src/views/lists.ts',
  'contract/src/views/sight.ts',
  'server/src/accounts/commands.ts',
  'server/src/accounts/policy.ts',
  'server/src/accounts/rights.ts',
  'server/src/bulk/rules.ts',
  'server/src/contacts/commands.ts',
  'server/src/contacts/sight.ts',
  'server/src/conversations/access.ts',
  'server/src/conversations/assignment.commands.ts',
  'server/src/conversations/assignment.rules.ts',
  'server/src/conversations/audience.ts',
  'server/src/conversations/capacity.ts',
  'server/src/conversations/changes.ts',
  'server/src/conversations/clock.rules.ts',
  'server/src/conversations/commands.ts',
  'server/src/conversations/groups.sql.ts',
  'server/src/conversations/labels.commands.ts',
  'server/src/conversations/labels.rules.ts',
  'server/src/conversations/messages.commands.ts',
  'server/src/conversations/opening.rules.ts',
  'server/src/conversations/policy.ts',
  'server/src/conversations/present.ts',
  'server/src/conversations/put-back.command.ts',
  'server/src/conversations/put-back.rules.ts',
  'server/src/conversations/rules.ts',
  'server/src/conversations/steps.rules.ts',
  'server/src/conversations/targets.ts',
  'server/src/inboxes/commands.ts',
  'server/src/labels/commands.ts',
  'server/src/notifications/rules.ts',
  'server/src/presence/commands.ts',
  'server/src/presence/rules.ts',
  'server/src/routing/commands.ts',
  'server/src/routing/reactions.ts',
  'server/src/routing/rules.ts',
  'server/src/settings/commands.ts',
  'server/src/teams/commands.ts',
  'server/src/teams/rules.ts',
  'server/src/teams/sight.ts',
];

/** What has to notice. No database is asked: all of it runs in one process, some thousand times. */
export const tests: readonly string[] = [
  'contract/src/domains.test.ts',
  'contract/src/views/filter.test.ts',
  'contract/src/views/lists.test.ts',
  'contract/src/views/sight.test.ts',
  'server/src/accounts/commands.test.ts',
  'server/src/bulk/rules.test.ts',
  'server/src/contacts/sight.test.ts',
  'server/src/conversations/access.test.ts',
  'server/src/conversations/assignment.commands.test.ts',
  'server/src/conversations/assignment.rules.test.ts',
  'server/src/conversations/changes.test.ts',
  'server/src/conversations/labels.rules.test.ts',
  'server/src/conversations/life.commands.test.ts',
  'server/src/conversations/messages.commands.test.ts',
  'server/src/conversations/opening.rules.test.ts',
  'server/src/conversations/policy.test.ts',
  'server/src/conversations/present.test.ts',
  'server/src/conversations/put-back.rules.test.ts',
  'server/src/conversations/rules.test.ts',
  'server/src/conversations/steps.rules.test.ts',
  'server/src/inboxes/commands.test.ts',
  'server/src/labels/commands.test.ts',
  'server/src/notifications/rules.test.ts',
  'server/src/presence/rules.test.ts',
  'server/src/routing/commands.test.ts',
  'server/src/routing/reactions.test.ts',
  'server/src/routing/rules.test.ts',
  'server/src/settings/commands.test.ts',
  'server/src/teams/commands.test.ts',
];

/** They change nothing that anybody could see. By what stood there and what stands there now. */
export const harmless: readonly {
  was: string;
  becomes: string;
  why: string;
  /** Only there. */
  file?: string;
}[] = [
  {
    was: 'left.id < right.id',
    becomes: 'left.id <= right.id',
    why: 'equal ids were told apart before',
    file: 'contract/src/views/lists.ts',
  },
  {
    was: 'left.agentId < right.agentId',
    becomes: 'left.agentId <= right.agentId',
    why: 'no two agents have one id',
  },
  {
    was: 'text.length <= PREVIEW_LIMIT',
    becomes: 'false',
    why: 'what is short is only spared the work',
  },
  {
    was: 'text.length <= PREVIEW_LIMIT',
    becomes: 'text.length < PREVIEW_LIMIT',
    why: 'what is short is only spared the work',
  },
  {
    was: 'change.text !== undefined && { text: change.text }',
    becomes: '{ text: change.text }',
    why: 'what is undefined is stored as nothing',
  },
  {
    was: 'state.group(waiting, key).length > 0',
    becomes: 'state.group(waiting, key).length >= 0',
    why: 'where nobody waits, routing is only spared the work',
  },
  {
    was: 'queues.length > 0',
    becomes: 'true',
    why: 'where nobody waits, routing is only spared the work',
  },
  {
    was: 'queues.length > 0',
    becomes: 'queues.length >= 0',
    why: 'where nobody waits, routing is only spared the work',
  },
  {
    was: 'preferredAgentId === null || preferredAgentId === avoidedAgentId',
    becomes: 'preferredAgentId === avoidedAgentId',
    why: 'nobody is called null',
  },
];
