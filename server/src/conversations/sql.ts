import { PREVIEW_LIMIT } from '@deskbell/contract';
import type { Lookup, Table } from '../platform/pipeline/table.ts';
import { column, documentColumn, textColumn } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';
import type { Statement } from '../platform/store/statement.ts';
import type { ConversationRow, EntryRow } from './rules.ts';

export const conversationColumns = `c.id, c.inbox_id as "inboxId", c.contact_id as "contactId", c.seq, c.status, c.holder,
  c.assignee_id as "assigneeId", c.participants, c.opened_at as "openedAt", c.queued_at as "queuedAt",
  c.is_queued_in_front as "isQueuedInFront", c.pending_at as "pendingAt", c.resumed_at as "resumedAt", c.closed_at as "closedAt", c.close_reason as "closeReason",
  c.is_contact_final as "isContactFinal", c.last_side as "lastSide", c.last_at as "lastAt",
  (select left(t.text, ${PREVIEW_LIMIT}) from timeline t
   where t.workspace_id = c.workspace_id and t.conversation_id = c.id and t.seq = c.last_seq) as "lastText",
  c.last_seq as "lastSeq", c.last_contact_at as "lastContactAt", c.waiting_since as "waitingSince",
  c.contact_messages as "contactMessages", c.due_at as "dueAt"`;

export const conversations: Table<ConversationRow> = {
  name: 'conversations',
  key: (row) => row.id,
  load: (sql, workspaceId, keys) =>
    run<ConversationRow>(
      sql,
      `select ${conversationColumns} from conversations c where c.workspace_id = $1 and c.id = any($2::uuid[])`,
      [workspaceId, `{${keys.join(',')}}`],
    ),
  insert: (workspaceId, rows) => ({
    text: `insert into conversations (workspace_id, id, inbox_id, contact_id, opened_at, ${messageColumns}, ${stateColumns})
       select $1, * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[],
         $6::bigint[], $7::text[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[],
         $14::text[], $15::text[], $16::uuid[], $17::jsonb[], $18::bigint[], $19::boolean[], $20::bigint[], $21::bigint[], $22::bigint[], $23::text[], $24::boolean[])`,
    parameters: [workspaceId, ...fixedValues(rows), ...messageValues(rows), ...stateValues(rows)],
  }),
  update(workspaceId, rows, before) {
    const moved = rows.filter((row) => !isMessageOnly(row, before(row)));
    const spoken = rows.filter((row) => isMessageOnly(row, before(row)));
    return [
      ...(spoken.length > 0 ? [updateMessageColumns(workspaceId, spoken)] : []),
      ...(moved.length > 0 ? [updateAllColumns(workspaceId, moved)] : []),
    ];
  },
};

/** What a message changes: narrow, because it is what nearly every command is. */
const messageColumns =
  'seq, last_side, last_at, last_seq, last_contact_at, waiting_since, contact_messages, due_at';
const stateColumns = `status, holder, assignee_id, participants, queued_at, is_queued_in_front, pending_at, resumed_at, closed_at, close_reason, is_contact_final`;

/**
 * Each row by its place: one probe of the primary key, whatever the planner believes of the table's
 * size. Under the workspace's lock nobody else moves a row between the probe and the update.
 */
const atPlace = `cross join lateral (select ctid from conversations where workspace_id = $1 and id = t.id limit 1) as place(tid)
       where c.ctid = place.tid`;

function updateMessageColumns(workspaceId: string, rows: readonly ConversationRow[]): Statement {
  return {
    text: `update conversations as c set (${messageColumns}) = (${prefixed(messageColumns)})
     from unnest($2::uuid[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[])
       as t(id, ${messageColumns})
     ${atPlace}`,
    parameters: [workspaceId, column(rows, (row) => row.id), ...messageValues(rows)],
  };
}

function updateAllColumns(workspaceId: string, rows: readonly ConversationRow[]): Statement {
  const columns = `${messageColumns}, ${stateColumns}`;
  return {
    text: `update conversations as c set (${columns}) = (${prefixed(columns)})
     from unnest($2::uuid[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[],
       $11::text[], $12::text[], $13::uuid[], $14::jsonb[], $15::bigint[], $16::boolean[], $17::bigint[], $18::bigint[], $19::bigint[], $20::text[], $21::boolean[])
       as t(id, ${columns})
     ${atPlace}`,
    parameters: [
      workspaceId,
      column(rows, (row) => row.id),
      ...messageValues(rows),
      ...stateValues(rows),
    ],
  };
}

function prefixed(columns: string): string {
  return columns
    .split(',')
    .map((name) => `t.${name.trim()}`)
    .join(', ');
}

function isMessageOnly(row: ConversationRow, before: ConversationRow): boolean {
  return (
    row.status === before.status &&
    row.holder === before.holder &&
    row.assigneeId === before.assigneeId &&
    row.participants === before.participants &&
    row.queuedAt === before.queuedAt &&
    row.isQueuedInFront === before.isQueuedInFront &&
    row.pendingAt === before.pendingAt &&
    row.closedAt === before.closedAt &&
    row.isContactFinal === before.isContactFinal
  );
}

const fixedValues = (rows: readonly ConversationRow[]) => [
  column(rows, (row) => row.id),
  column(rows, (row) => row.inboxId),
  column(rows, (row) => row.contactId),
  column(rows, (row) => row.openedAt),
];

const messageValues = (rows: readonly ConversationRow[]) => [
  column(rows, (row) => row.seq),
  column(rows, (row) => row.lastSide),
  column(rows, (row) => row.lastAt),
  column(rows, (row) => row.lastSeq),
  column(rows, (row) => row.lastContactAt),
  column(rows, (row) => row.waitingSince),
  column(rows, (row) => row.contactMessages),
  column(rows, (row) => row.dueAt),
];

const stateValues = (rows: readonly ConversationRow[]) => [
  column(rows, (row) => row.status),
  column(rows, (row) => row.holder),
  column(rows, (row) => row.assigneeId),
  documentColumn(rows, (row) => row.participants),
  column(rows, (row) => row.queuedAt),
  column(rows, (row) => row.isQueuedInFront),
  column(rows, (row) => row.pendingAt),
  column(rows, (row) => row.resumedAt),
  column(rows, (row) => row.closedAt),
  column(rows, (row) => row.closeReason),
  column(rows, (row) => row.isContactFinal),
];

/** The key of {@link latestConversation}. */
export const betweenKey = (contactId: string, inboxId: string) => `${contactId}/${inboxId}`;

/** The conversation of a contact in an inbox that stands unclosed, else the one closed last (R-1.8 goes by closing). */
export const latestConversation: Lookup<ConversationRow> = {
  name: 'latestConversation',
  table: conversations,
  key: (row) => betweenKey(row.contactId, row.inboxId),
  prefers: preferred,
  load: (sql, workspaceId, keys) => {
    const pairs = keys.map((key) => key.split('/'));
    return run<ConversationRow>(
      sql,
      `select ${conversationColumns} from unnest($2::uuid[], $3::uuid[]) as asked(contact, inbox)
       cross join lateral (
         select * from conversations
         where workspace_id = $1 and contact_id = asked.contact and inbox_id = asked.inbox
         order by closed_at desc nulls first, id desc limit 1) as c`,
      [
        workspaceId,
        column(pairs, ([contact]) => contact ?? null),
        column(pairs, ([, inbox]) => inbox ?? null),
      ],
    );
  },
};

function preferred(left: ConversationRow, right: ConversationRow): ConversationRow {
  const [leftClosed, rightClosed] = [left, right].map(
    ({ closedAt }) => closedAt ?? Number.POSITIVE_INFINITY,
  ) as [number, number];
  if (leftClosed !== rightClosed) return leftClosed > rightClosed ? left : right;
  return left.id > right.id ? left : right;
}

const entryColumns = `conversation_id as "conversationId", seq, id, at, kind, author_kind as "authorKind", author_id as "authorId",
  text, client_id as "clientId", activity`;

/** The key of an entry. */
export const entryKey = (conversationId: string, seq: number) => `${conversationId}:${seq}`;

export const timeline: Table<EntryRow> = {
  name: 'timeline',
  key: (row) => entryKey(row.conversationId, row.seq),
  load: (sql, workspaceId, keys) => {
    const pairs = keys.map((key) => key.split(':'));
    return run<EntryRow>(
      sql,
      `select ${entryColumns} from timeline
       join unnest($2::uuid[], $3::bigint[]) as asked(conversation, place) on conversation_id = asked.conversation and seq = asked.place
       where workspace_id = $1`,
      [workspaceId, column(pairs, ([id]) => id ?? null), column(pairs, ([, seq]) => seq ?? null)],
    );
  },
  // All entries of a batch are of one moment.
  insert: (workspaceId, rows) => ({
    text: `insert into timeline (workspace_id, at, conversation_id, seq, id, kind, author_kind, author_id, text, client_id, activity)
       select $1, $2::bigint, * from unnest($3::uuid[], $4::bigint[], $5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::text[], $10::uuid[], $11::jsonb[])`,
    parameters: [
      workspaceId,
      rows[0]?.at ?? 0,
      column(rows, (row) => row.conversationId),
      column(rows, (row) => row.seq),
      column(rows, (row) => row.id),
      column(rows, (row) => row.kind),
      column(rows, (row) => row.authorKind),
      column(rows, (row) => row.authorId),
      textColumn(rows, (row) => row.text),
      column(rows, (row) => row.clientId),
      documentColumn(rows, (row) => row.activity),
    ],
  }),
};

/** `position`: in the log; null where it has been dropped. */
type Sent = EntryRow & {
  authorId: string;
  clientId: string;
  text: string;
  position: number | null;
};

/** Messages by their sender and the id that the sender gave them. */
export function findSent(
  sql: Queries,
  workspaceId: string,
  wanted: readonly { clientId: string; authorId: string }[],
): Promise<Sent[]> {
  return run(
    sql,
    `select ${entryColumns}, position_of_entry($1, conversation_id, seq, at) as position
     from unnest($2::uuid[], $3::uuid[]) as asked(message, sender)
     cross join lateral (
       select * from timeline where client_id = asked.message and author_id = asked.sender and workspace_id = $1 limit 1) as sent`,
    [workspaceId, column(wanted, (each) => each.clientId), column(wanted, (each) => each.authorId)],
  );
}

/** Entries before `before` (exclusive) or after `after` (exclusive), in order; the newest `limit` of them, or the eldest. */
export async function readTimeline(
  sql: Queries,
  workspaceId: string,
  page: {
    conversationId: string;
    before?: number | undefined;
    after?: number | undefined;
    limit: number;
    /** Of activities only these; absent: all. */
    activities?: readonly string[];
  },
): Promise<EntryRow[]> {
  const { conversationId, before, after, limit, activities } = page;
  const order = after === undefined ? 'desc' : 'asc';
  const rows = await run<EntryRow>(
    sql,
    `select ${entryColumns} from timeline
     where workspace_id = $1 and conversation_id = $2 and seq < $3 and seq > $4
       and ($6::text[] is null or kind = 'message' or activity ->> 'what' = any($6::text[]))
     order by seq ${order} limit $5`,
    [
      workspaceId,
      conversationId,
      before ?? Number.MAX_SAFE_INTEGER,
      after ?? 0,
      limit,
      activities ? `{${activities.join(',')}}` : null,
    ],
  );
  return order === 'desc' ? rows.reverse() : rows;
}

/** Conversations with a deadline that may have come, of any workspace. */
export function findDue(
  sql: Queries,
  now: number,
  limit: number,
): Promise<{ workspaceId: string; id: string }[]> {
  return run(
    sql,
    `select workspace_id as "workspaceId", id from conversations where due_at <= $1 order by due_at limit $2`,
    [now, limit],
  );
}

/** The unclosed conversations that an agent has or takes part in. */
export async function findHeld(
  sql: Queries,
  workspaceId: string,
  agentId: string,
): Promise<string[]> {
  const rows = await run<{ id: string }>(
    sql,
    `select id from conversations
     where workspace_id = $1 and status <> 'closed'
       and (assignee_id = $2::uuid or participants @> jsonb_build_array(jsonb_build_object('agentId', $2::text)))
     order by queued_at, id`,
    [workspaceId, agentId],
  );
  return rows.map((row) => row.id);
}
