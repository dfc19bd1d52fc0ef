import {
  belongs,
  type Conversation,
  type Counts,
  compareIn,
  lists,
  type Sight,
  type SightFacts,
  type SightPlace,
  sees,
  settingsSchema,
  sightOf,
} from '@deskbell/contract';
import { type AgentRow, findWorkspace, loadAgents } from '../../server/src/accounts/index.ts';
import {
  type ConversationRow,
  conversationForAgents,
  conversations,
} from '../../server/src/conversations/index.ts';
import { loadInboxes } from '../../server/src/inboxes/index.ts';
import type { Queries } from '../../server/src/platform/store/connect.ts';
import { loadTeams } from '../../server/src/teams/index.ts';
import type { World } from '../../server/src/testing/world.ts';

/** The lists that a desk holds live from its first moment. */
export const liveLists = lists.filter((list) => list !== 'closed');

/** What a desk shows: of each list the conversations in their order, and how many stand where. */
export interface Shown {
  lists: Record<string, readonly string[]>;
  counts: Omit<Counts, 'inboxes'> | null;
}

/** A workspace as its rows have it: the truth, by which everything that somebody was told is judged. */
export interface Rows {
  conversations: ConversationRow[];
  agents: AgentRow[];
  /** What each agent sees, by id. */
  sights: ReadonlyMap<string, Sight>;
  isRouted: boolean;
  /** As agents may have, unless a number of their own says otherwise. */
  capacity: number;
  /** So long an assignee may do nothing while the contact waits. */
  detachMs: number;
  /** When the last thing happened: the workspace's clock may have been turned. */
  now: number;
}

export async function readRows({ server, workspaceId }: World): Promise<Rows> {
  const { pool } = server.engine;
  const sql = pool as unknown as Queries;
  const ids = await pool<{ id: string }[]>`
    select id from conversations where workspace_id = ${workspaceId}`;
  const [last] = await pool<{ at: number }[]>`
    select at from log where workspace_id = ${workspaceId} order by position desc limit 1`;
  const agents = await loadAgents(sql, workspaceId);
  const inboxes = await loadInboxes(sql, workspaceId);
  const teams = await loadTeams(sql, workspaceId);
  const workspace = await findWorkspace(sql, workspaceId);
  const { routing, capacity, detachMs } = settingsSchema.parse(workspace?.settings ?? {});
  return {
    conversations: await conversations.load(
      sql,
      workspaceId,
      ids.map(({ id }) => id),
    ),
    agents,
    sights: new Map(agents.map((agent) => [agent.id, sightOf(agent, { inboxes, teams })])),
    isRouted: routing !== 'manual',
    capacity,
    detachMs,
    now: last?.at ?? 0,
  };
}

/** What this agent's desk has to show: as the contract decides who sees what, what stands where, and in which order. */
export function shownTo(rows: Rows, agentId: string): Shown {
  const sight = rows.sights.get(agentId);
  if (!sight) throw new Error('everybody stays');
  const seen = rows.conversations
    .filter((row) => sees(sight, row as SightFacts))
    .map(conversationForAgents);
  const members = lists.map((list): [(typeof lists)[number], Conversation[]] => [
    list,
    seen.filter((each) => belongs(list, each, agentId as never)).sort(compareIn(list)),
  ]);
  return {
    lists: Object.fromEntries(
      members
        .filter(([list]) => list !== 'closed')
        .map(([list, all]) => [list, all.map(({ id }) => id)]),
    ),
    counts: Object.fromEntries(
      members.map(([list, all]) => [list, all.length]),
    ) as unknown as Shown['counts'],
  };
}

export const queued = (rows: Rows): ConversationRow[] =>
  rows.conversations.filter(({ status, holder }) => status === 'open' && holder === 'nobody');

/** those that wait although somebody could have them, where they are given out by themselves. */
export function leftWaiting(rows: Rows): ConversationRow[] {
  if (!rows.isRouted) return [];
  const able = rows.agents.filter(
    (agent) =>
      agent.isActive &&
      agent.availability === 'online' &&
      loadOf(rows, agent) < (agent.capacity ?? rows.capacity),
  );
  return queued(rows).filter((row) => able.some(({ id }) => mayBeGiven(rows.sights.get(id), row)));
}

/** What an agent may come to have in a round: under limits set meanwhile, and by force. `null`: the workspace's limit. */
export interface Allowed {
  limits: readonly (number | null)[];
  forced: number;
}

/**
 * who has more than could be given to them. `before`: as it was when the round began; what they had then
 * they may keep.
 */
export function overloaded(
  rows: Rows,
  { before, allowed }: { before: Rows; allowed(agentId: string): Allowed },
): AgentRow[] {
  const mostOf = (agent: AgentRow): number => {
    const then = before.agents.find(({ id }) => id === agent.id)?.capacity ?? null;
    const { limits, forced } = allowed(agent.id);
    const own = [then, ...limits].map((limit) => limit ?? rows.capacity);
    return Math.max(loadOf(before, agent), ...own) + forced;
  };
  return rows.agents.filter((agent) => loadOf(rows, agent) > mostOf(agent));
}

/** those whose assignee has let the contact wait too long, by what happened and not by what the row is timed for. */
export const overdue = ({ conversations: all, now, detachMs }: Rows): ConversationRow[] =>
  all.filter(
    ({ status, assigneeId, lastSide, isFlagged, waitingSince, agentActiveAt, resumedAt }) =>
      status === 'open' &&
      assigneeId !== null &&
      lastSide === 'contact' &&
      !isFlagged &&
      Math.max(waitingSince ?? 0, agentActiveAt ?? 0, resumedAt ?? 0) + detachMs <= now,
  );

const loadOf = ({ conversations: all }: Rows, { id }: AgentRow): number =>
  all.filter(({ status, assigneeId }) => status === 'open' && assigneeId === id).length;

/** Of the conversation's team, or without one of those who serve the inbox. */
function mayBeGiven(sight: Sight | undefined, { inboxId, teamId }: SightPlace): boolean {
  if (!sight) return false;
  return teamId === null ? sight.servedInboxIds.has(inboxId) : sight.teamIds.has(teamId);
}
