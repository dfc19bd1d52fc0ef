import type { AgentId, Inbox, InboxId } from '@deskbell/contract';
import type { InboxRow } from './rules.ts';

export function inboxForAgents(row: InboxRow): Inbox {
  return {
    id: row.id as InboxId,
    version: row.version,
    name: row.name,
    channel: row.channel,
    key: row.key,
    color: row.color,
    greeting: row.greeting,
    memberIds: row.memberIds as AgentId[],
  };
}

/** What a visitor's browser is told of the inbox. */
export function siteForContacts(
  { name, color, greeting }: InboxRow,
  facts: { isOnline: boolean; usualAnswerMs: number | null },
) {
  return { name, color, greeting, ...facts };
}
