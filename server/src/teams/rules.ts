import { TEAM_RULES_LIMIT, type TeamRule } from '@deskbell/contract';
import type { InboxRow } from '../inboxes/rules.ts';

/** Agents who share queues. */
export interface TeamRow {
  id: string;
  version: number;
  name: string;
  memberIds: string[];
  /** Has no members then, and stands in no list. */
  isDeleted: boolean;
  /** What it had when it was deleted; null: it is in force, or nothing is known of it. */
  kept: Kept | null;
}

/** What comes back with a deleted team. */
export interface Kept {
  memberIds: string[];
  places: Place[];
}

/** Where it stood in an inbox, by what came before. */
interface Place {
  inboxId: string;
  /** null: it didn't serve the inbox. */
  servesAt: number | null;
  rules: { at: number; rule: TeamRule }[];
}

/** Where it stands in this inbox; null: nowhere. */
export function placeIn({ id, teamIds, teamRules }: InboxRow, teamId: string): Place | null {
  const servesAt = teamIds.indexOf(teamId);
  const rules = teamRules.flatMap((rule, at) => (rule.teamId === teamId ? [{ at, rule }] : []));
  if (servesAt < 0 && rules.length === 0) return null;
  return { inboxId: id, servesAt: servesAt < 0 ? null : servesAt, rules };
}

/** A rule that names a deleted team goes with it. */
export const withoutPlace = (inbox: InboxRow, teamId: string): InboxRow => ({
  ...withoutTeam(inbox, teamId),
  teamRules: inbox.teamRules.filter((rule) => rule.teamId !== teamId),
});

export const withoutTeam = (inbox: InboxRow, teamId: string): InboxRow => ({
  ...inbox,
  teamIds: inbox.teamIds.filter((id) => id !== teamId),
  version: inbox.version + 1,
});

/** As it was, with what has been added since. Rules come back as far as there is room. */
export function withPlace(inbox: InboxRow, teamId: string, { servesAt, rules }: Place): InboxRow {
  const room = TEAM_RULES_LIMIT - inbox.teamRules.length;
  const teamRules = rules
    .slice(0, room)
    .reduce((all, { at, rule }) => all.toSpliced(at, 0, rule), inbox.teamRules);
  return {
    ...inbox,
    teamIds: servesAt === null ? inbox.teamIds : inbox.teamIds.toSpliced(servesAt, 0, teamId),
    teamRules,
    version: inbox.version + 1,
  };
}
