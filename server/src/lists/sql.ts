import type { List } from '@deskbell/contract';
import { type ConversationRow, conversationColumns } from '../conversations/index.ts';
import { type Parameter, type Queries, run } from '../platform/store/connect.ts';

/** Which inboxes somebody sees; null: all of the workspace. */
export type VisibleInboxes = readonly string[] | null;

/**
 * Membership and order of each list in SQL: the same as `belongs` and `orderKey` of the contract,
 * held together by a property test.
 */
const shapes: Record<List, { where: string; group: string; time: string }> = {
  queue: {
    where: `c.status <> 'closed' and c.status = 'open' and c.holder = 'nobody'`,
    group: 'case when c.is_queued_in_front then 0 else 1 end',
    time: 'coalesce(c.queued_at, c.opened_at)',
  },
  mine: {
    where: `c.status <> 'closed' and (c.assignee_id = $3 or c.participants @> jsonb_build_array(jsonb_build_object('agentId', $3::uuid)))`,
    group: '0::int',
    time: '-coalesce(c.last_at, c.opened_at)',
  },
  open: {
    where: `c.status <> 'closed' and c.status = 'open'`,
    group: `case when c.holder = 'nobody' then 0 else 1 end`,
    time: '-coalesce(c.last_at, c.opened_at)',
  },
  closed: { where: `c.status = 'closed'`, group: '0::int', time: '-c.closed_at' },
};

export interface ListRow extends ConversationRow {
  cursor: string;
}

export interface ListPage {
  list: List;
  agentId: string;
  inboxes: VisibleInboxes;
  cursor?: string | undefined;
  limit: number;
}

/** One page of a list, keyed by its order, so that entries which move don't shift the next page. */
export function readList(sql: Queries, workspaceId: string, page: ListPage): Promise<ListRow[]> {
  const { where, group, time } = shapes[page.list];
  const [cursorGroup, cursorTime, cursorId] = (page.cursor ?? '').split(':');
  const parameters: Parameter[] = [
    workspaceId,
    page.inboxes === null ? null : `{${page.inboxes.join(',')}}`,
    page.agentId,
    page.limit,
  ];
  if (cursorId) parameters.push(Number(cursorGroup), Number(cursorTime), cursorId);
  // The bound on closed_at alone lets the index of closed conversations start at the cursor.
  const start = page.list === 'closed' ? 'c.closed_at <= -$6::bigint and' : '';
  const after = cursorId
    ? `and ${start} (${group}, ${time}, c.id) > ($5::int, $6::bigint, $7::uuid)`
    : '';
  const order = page.list === 'closed' ? 'c.closed_at desc, c.id' : `${group}, ${time}, c.id`;
  return run<ListRow>(
    sql,
    `select ${conversationColumns}, (${group}) || ':' || (${time}) || ':' || c.id as cursor
     from conversations c
     where c.workspace_id = $1 and ($2::uuid[] is null or c.inbox_id = any($2::uuid[])) and ($3::uuid is not null) and ${where} ${after}
     order by ${order} limit $4`,
    parameters,
  );
}

/** All unclosed conversations, and how many closed ones each inbox has: what counts begin with. */
export async function readBuckets(sql: Queries, workspaceId: string) {
  const [unclosed, closed] = await Promise.all([
    run<
      Pick<ConversationRow, 'id' | 'inboxId' | 'status' | 'holder' | 'assigneeId' | 'participants'>
    >(
      sql,
      `select id, inbox_id as "inboxId", status, holder, assignee_id as "assigneeId", participants
       from conversations where workspace_id = $1 and status <> 'closed'`,
      [workspaceId],
    ),
    run<{ inboxId: string; count: number }>(
      sql,
      `select inbox_id as "inboxId", count(*) as count from conversations where workspace_id = $1 and status = 'closed' group by inbox_id`,
      [workspaceId],
    ),
  ]);
  return { unclosed, closed };
}

/** One conversation if it lies in a visible inbox. */
export async function findVisible(
  sql: Queries,
  workspaceId: string,
  sought: { conversationId: string; inboxes: VisibleInboxes },
): Promise<ConversationRow | undefined> {
  const [row] = await run<ConversationRow>(
    sql,
    `select ${conversationColumns} from conversations c
     where c.workspace_id = $1 and c.id = $2 and ($3::uuid[] is null or c.inbox_id = any($3::uuid[]))`,
    [
      workspaceId,
      sought.conversationId,
      sought.inboxes === null ? null : `{${sought.inboxes.join(',')}}`,
    ],
  );
  return row;
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
