import type { AgentId, Participant, SightFacts } from '@deskbell/contract';
import type { ConversationRow } from './rules.ts';

type Facts = Pick<ConversationRow, 'inboxId' | 'teamId' | 'assigneeId' | 'participants'>;

/**
 * Who sees a conversation, in the log's words: `serving:<inbox>`, or `team:<team> inbox:<inbox>` where it
 * is a team's, then `supervisors` and an `agent:<id>` for each who is in it. A message names no agents: it
 * moves nobody, and a word for each would be a tenth of its row.
 */
export function audienceOf(facts: Facts, isMessage = false): string {
  const { inboxId, teamId, assigneeId, participants } = facts;
  const place = teamId === null ? `serving:${inboxId}` : `team:${teamId} inbox:${inboxId}`;
  if (isMessage) return `${place} supervisors`;
  const agentIds = participants.map(({ agentId }) => agentId as string);
  if (assigneeId !== null) agentIds.unshift(assigneeId);
  return [place, 'supervisors', ...agentIds.map((id) => `agent:${id}`)].join(' ');
}

/** What those words say of the conversation. Who is the assignee among its agents, they don't tell. */
export function factsIn(audience: string): SightFacts {
  const words = audience.split(' ').map((word) => word.split(':') as [string, string?]);
  const named = (...kinds: string[]) => words.find(([kind]) => kinds.includes(kind))?.[1];
  const participants = words.flatMap(([kind, id]): Participant[] =>
    kind === 'agent' && id ? [{ agentId: id as AgentId, joinedAt: 0 }] : [],
  );
  return {
    inboxId: named('serving', 'inbox') ?? '',
    teamId: named('team') ?? null,
    assigneeId: null,
    participants,
  };
}
