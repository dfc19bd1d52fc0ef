import {
  type AgentId,
  type Inbox,
  type InboxId,
  type Sighting,
  signOn,
  type TeamId,
} from '@deskbell/contract';
import type { InboxRow } from './rules.ts';
import type { SightingRow } from './sightings.sql.ts';

export function inboxForAgents(row: InboxRow): Inbox {
  return {
    id: row.id as InboxId,
    version: row.version,
    name: row.name,
    channel: row.channel,
    key: row.key,
    color: row.color,
    greeting: row.greeting,
    look: row.look,
    domains: row.domains,
    memberIds: row.memberIds as AgentId[],
    teamIds: row.teamIds as TeamId[],
    preChat: row.preChat,
    teamRules: row.teamRules,
  };
}

/** What a visitor's browser is told of the inbox. */
export function siteForContacts(
  { name, color, greeting, look, preChat }: InboxRow,
  facts: { isOnline: boolean; usualAnswerMs: number | null },
) {
  const asked = preChat.isEnabled ? preChat : null;
  return { name, color, sign: signOn(color), greeting, look, preChat: asked, ...facts };
}

/** A page that showed the widget, or tried to. */
export function sightingForAgents({ origin, isRefused, seenAt }: SightingRow): Sighting {
  return { origin, isRefused, seenAt };
}
