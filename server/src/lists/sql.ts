import type { Sight } from '@deskbell/contract';
import { type ConversationRow, conversationColumns } from '../conversations/index.ts';
import { type Queries, run } from '../platform/store/connect.ts';
import { IS_SEEN, SIGHT_END, sightParameters } from '../teams/index.ts';

/** Of closed conversations, how many each place has; and of those how many an agent is in. */
export interface ClosedCount {
  inboxId: string;
  teamId: string | null;
  agentId: string | null;
  /** They have been counted for the place, with another agent or none. */
  isAmong: boolean;
  count: number;
}

/** All unclosed conversations, and how many closed ones each place has: what counts and the live board begin with. */
export async function readBuckets(sql: Queries, workspaceId: string) {
  const [unclosed, assigned, joined] = await Promise.all([
    run<
      Pick<
        ConversationRow,
        | 'id'
        | 'inboxId'
        | 'teamId'
        | 'status'
        | 'holder'
        | 'assigneeId'
        | 'participants'
        | 'openedAt'
        | 'queuedAt'
        | 'waitingSince'
      >
    >(
      sql,
      `select id, inbox_id as "inboxId", team_id as "teamId", status, holder, assignee_id as "assigneeId", participants,
         opened_at as "openedAt", queued_at as "queuedAt", waiting_since as "waitingSince"
       from conversations where workspace_id = $1 and status <> 'closed'`,
      [workspaceId],
    ),
    run<ClosedCount>(
      sql,
      `select inbox_id as "inboxId", team_id as "teamId", assignee_id as "agentId", false as "isAmong", count(*) as count
       from conversations where workspace_id = $1 and status = 'closed' group by inbox_id, team_id, assignee_id`,
      [workspaceId],
    ),
    run<ClosedCount>(
      sql,
      `select inbox_id as "inboxId", team_id as "teamId", (p ->> 'agentId')::uuid as "agentId", true as "isAmong", count(*) as count
       from conversations, jsonb_array_elements(participants) as p
       where workspace_id = $1 and status = 'closed' and participants <> '[]'
         and (p ->> 'agentId')::uuid is distinct from assignee_id
       group by inbox_id, team_id, p ->> 'agentId'`,
      [workspaceId],
    ),
  ]);
  return { unclosed, closed: [...assigned, ...joined] };
}

/** Those among some conversations that are in sight. */
export async function findSeen(
  sql: Queries,
  { workspaceId, sight }: { workspaceId: string; sight: Sight },
  ids: readonly string[],
): Promise<string[]> {
  const rows = await run<{ id: string }>(
    sql,
    `select c.id from conversations c where c.workspace_id = $1 and c.id = any($${SIGHT_END + 1}::uuid[]) and ${IS_SEEN}`,
    [workspaceId, ...sightParameters(sight), `{${ids.join(',')}}`],
  );
  return rows.map(({ id }) => id);
}

/** One conversation if it is in sight. */
export async function findVisible(
  sql: Queries,
  workspaceId: string,
  sought: { conversationId: string; sight: Sight },
): Promise<ConversationRow | undefined> {
  const [row] = await run<ConversationRow>(
    sql,
    `select ${conversationColumns} from conversations c
     where c.workspace_id = $1 and c.id = $${SIGHT_END + 1} and ${IS_SEEN}`,
    [workspaceId, ...sightParameters(sought.sight), sought.conversationId],
  );
  return row;
}

/** A contact's conversations that are in sight, in whatever inbox, the one opened last first. */
export function readOfContact(
  sql: Queries,
  { workspaceId, sight }: { workspaceId: string; sight: Sight },
  of: { contactId: string; limit: number },
): Promise<ConversationRow[]> {
  return run<ConversationRow>(
    sql,
    `select ${conversationColumns} from conversations c
     where c.workspace_id = $1 and c.contact_id = $${SIGHT_END + 1} and ${IS_SEEN}
     order by c.opened_at desc, c.id desc limit $${SIGHT_END + 2}`,
    [workspaceId, ...sightParameters(sight), of.contactId, of.limit],
  );
}

/** A contact's conversations in one inbox: the unclosed one, then those closed last. */
export function readOwnConversations(
  sql: Queries,
  workspaceId: string,
  of: { contactId: string; inboxId: string; limit: number },
): Promise<ConversationRow[]> {
  return run<ConversationRow>(
    sql,
    `select ${conversationColumns} from conversations c
     where c.workspace_id = $1 and c.contact_id = $2 and c.inbox_id = $3
     order by c.closed_at desc nulls first, c.id desc limit $4`,
    [workspaceId, of.contactId, of.inboxId, of.limit],
  );
}

/** The first of them, and where the log ended when it was read. */
export async function readLatestOwn(
  sql: Queries,
  workspaceId: string,
  of: { contactId: string; inboxId: string },
): Promise<(ConversationRow & { head: number }) | undefined> {
  const [row] = await run<ConversationRow & { head: number }>(
    sql,
    `select ${conversationColumns},
       coalesce((select position from log where workspace_id = $1 order by position desc limit 1), 0) as head
     from conversations c where c.workspace_id = $1 and c.contact_id = $2 and c.inbox_id = $3
     order by c.closed_at desc nulls first, c.id desc limit 1`,
    [workspaceId, of.contactId, of.inboxId],
  );
  return row;
}

/** One conversation if it is this contact's, in this inbox. */
export async function findOwn(
  sql: Queries,
  workspaceId: string,
  sought: { conversationId: string; contactId: string; inboxId: string },
): Promise<ConversationRow | undefined> {
  const [row] = await run<ConversationRow>(
    sql,
    `select ${conversationColumns} from conversations c
     where c.workspace_id = $1 and c.id = $2 and c.contact_id = $3 and c.inbox_id = $4`,
    [workspaceId, sought.conversationId, sought.contactId, sought.inboxId],
  );
  return row;
}

/** How many open conversations each agent has; who has none is not named. */
export async function readLoads(
  sql: Queries,
  workspaceId: string,
): Promise<Record<string, number>> {
  const rows = await run<{ id: string; count: number }>(
    sql,
    `select assignee_id as id, count(*) as count from conversations
     where workspace_id = $1 and status = 'open' and holder = 'agent' group by assignee_id`,
    [workspaceId],
  );
  return Object.fromEntries(rows.map(({ id, count }) => [id, count]));
}
