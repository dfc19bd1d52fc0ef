import { PREVIEW_LIMIT } from '@deskbell/contract';
import type { Lookup, Table } from '../platform/pipeline/table.ts';
import { column, documentColumn, textColumn } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';
import type { Statement } from '../platform/store/statement.ts';
import type { ConversationRow, EntryRow } from './rules.ts';

export const conversationColumns = `c.id, c.inbox_id as "inboxId", c.team_id as "teamId", c.contact_id as "contactId", c.seq, c.status, c.holder,
  c.assignee_id as "assigneeId", c.participants, c.is_flagged as "isFlagged", c.label_ids as "labelIds", c.preferred_agent_id as "preferredAgentId",
  c.avoided_agent_id as "avoidedAgentId", c.agent_active_at as "agentActiveAt", c.opened_at as "openedAt", c.opening, c.queued_at as "queuedAt",
  c.is_queued_in_front as "isQueuedInFront", c.pending_at as "pendingAt", c.resumed_at as "resumedAt", c.closed_at as "closedAt", c.close_reason as "closeReason", c.closed_by_id as "closedById",
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
    text: insertText,
    parameters: [workspaceId, ...valuesOf(rows, everyColumn)],
  }),
  update(workspaceId, rows, before) {
    const moved = rows.filter((row) => !isMessageOnly(row, before(row)));
    const spoken = rows.filter((row) => isMessageOnly(row, before(row)));
    return [
      ...(spoken.length > 0 ? [messageUpdate(workspaceId, spoken)] : []),
      ...(moved.length > 0 ? [fullUpdate(workspaceId, moved)] : []),
    ];
  },
};

/** A column as it is written: its name, its type in the database, and what of a row stands in it. */
type Column = readonly [
  name: string,
  type: string,
  read: (row: ConversationRow) => string | number | boolean | null | object,
];

const idColumn: Column = ['id', 'uuid', (row) => row.id];
const fixedColumns: readonly Column[] = [
  idColumn,
  ['inbox_id', 'uuid', (row) => row.inboxId],
  ['contact_id', 'uuid', (row) => row.contactId],
  ['opened_at', 'bigint', (row) => row.openedAt],
  ['opening', 'jsonb', (row) => row.opening],
];
/** What a message changes: narrow, because it is what nearly every command is. */
const messageColumns: readonly Column[] = [
  ['seq', 'bigint', (row) => row.seq],
  ['last_side', 'text', (row) => row.lastSide],
  ['last_at', 'bigint', (row) => row.lastAt],
  ['last_seq', 'bigint', (row) => row.lastSeq],
  ['last_contact_at', 'bigint', (row) => row.lastContactAt],
  ['waiting_since', 'bigint', (row) => row.waitingSince],
  ['contact_messages', 'bigint', (row) => row.contactMessages],
  ['due_at', 'bigint', (row) => row.dueAt],
];
const stateColumns: readonly Column[] = [
  ['team_id', 'uuid', (row) => row.teamId],
  ['status', 'text', (row) => row.status],
  ['holder', 'text', (row) => row.holder],
  ['assignee_id', 'uuid', (row) => row.assigneeId],
  ['participants', 'jsonb', (row) => row.participants],
  ['queued_at', 'bigint', (row) => row.queuedAt],
  ['is_queued_in_front', 'boolean', (row) => row.isQueuedInFront],
  ['pending_at', 'bigint', (row) => row.pendingAt],
  ['resumed_at', 'bigint', (row) => row.resumedAt],
  ['closed_at', 'bigint', (row) => row.closedAt],
  ['close_reason', 'text', (row) => row.closeReason],
  ['closed_by_id', 'uuid', (row) => row.closedById],
  ['is_contact_final', 'boolean', (row) => row.isContactFinal],
  ['is_flagged', 'boolean', (row) => row.isFlagged],
  ['label_ids', 'jsonb', (row) => row.labelIds],
  ['preferred_agent_id', 'uuid', (row) => row.preferredAgentId],
  ['avoided_agent_id', 'uuid', (row) => row.avoidedAgentId],
  ['agent_active_at', 'bigint', (row) => row.agentActiveAt],
];
const everyColumn = [...fixedColumns, ...messageColumns, ...stateColumns];

function names(columns: readonly Column[]): string {
  return columns.map(([name]) => name).join(', ');
}

function placeholders(columns: readonly Column[]): string {
  return columns.map(([, type], index) => `$${index + 2}::${type}[]`).join(', ');
}

function valuesOf(rows: readonly ConversationRow[], columns: readonly Column[]) {
  return columns.map(([, type, read]) =>
    type === 'jsonb' ? documentColumn(rows, read) : column(rows, read as (row: object) => string),
  );
}

const insertText = `insert into conversations (workspace_id, ${names(everyColumn)})
  select $1, * from unnest(${placeholders(everyColumn)})`;

/**
 * Each row by its place: one probe of the primary key, whatever the planner believes of the table's
 * size. Under the workspace's lock nobody else moves a row between the probe and the update.
 */
function updateOf(columns: readonly Column[]) {
  const given = [idColumn, ...columns];
  const text = `update conversations as c set (${names(columns)}) = (${columns.map(([name]) => `t.${name}`).join(', ')})
    from unnest(${placeholders(given)}) as t(${names(given)})
    cross join lateral (select ctid from conversations where workspace_id = $1 and id = t.id limit 1) as place(tid)
    where c.ctid = place.tid`;
  return (workspaceId: string, rows: readonly ConversationRow[]): Statement => ({
    text,
    parameters: [workspaceId, ...valuesOf(rows, given)],
  });
}
const messageUpdate = updateOf(messageColumns);
const fullUpdate = updateOf([...messageColumns, ...stateColumns]);

function isMessageOnly(row: ConversationRow, before: ConversationRow): boolean {
  return stateColumns.every(([, , read]) => read(row) === read(before));
}

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
export type Sent = EntryRow & {
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
export function findDueConversations(
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

/** All unclosed conversations of a workspace. */
export async function findUnclosed(sql: Queries, workspaceId: string): Promise<string[]> {
  const rows = await run<{ id: string }>(
    sql,
    `select id from conversations where workspace_id = $1 and status <> 'closed' order by id`,
    [workspaceId],
  );
  return rows.map((row) => row.id);
}

/** What goes back of an agent: of one who was deactivated all that they are in, of an offline one as it was said (R-4.2). */
export async function findForsaken(
  sql: Queries,
  workspaceId: string,
  agentId: string,
): Promise<string[]> {
  const rows = await run<{ id: string }>(
    sql,
    `select c.id from agents a join conversations c on c.workspace_id = a.workspace_id
     where a.workspace_id = $1 and a.id = $2::uuid and c.status <> 'closed'
       and case when a.is_active
         then a.availability = 'offline' and c.assignee_id = a.id and c.status = 'open'
           and (a.releases = 'all' or a.releases = 'waiting' and c.waiting_since is not null)
         else c.assignee_id = a.id or c.participants @> jsonb_build_array(jsonb_build_object('agentId', $2::text)) end
     order by c.queued_at, c.id`,
    [workspaceId, agentId],
  );
  return rows.map((row) => row.id);
}

/** Where a conversation went last: who passed it on, and who saw it before. */
export interface Passed {
  conversationId: string;
  seq: number;
  actor: string;
  audienceBefore: string | null;
}

/**
 * The unclosed conversations of the whole inbox that were passed on since a team was deleted, the last time before
 * `until`. The log is read from its end, for a team is missed soon or not at all.
 */
export function findPassedSince(
  sql: Queries,
  workspaceId: string,
  { teamId, until }: { teamId: string; until: number },
): Promise<Passed[]> {
  return run<Passed>(
    sql,
    `select c.id as "conversationId", c.seq, passed.actor, passed.audience_before as "audienceBefore"
     from (
       select distinct on (l.id) l.id, l.actor, l.audience_before from log l
       where l.workspace_id = $1 and l.kind = 'conversation.transferred' and l.position > (
         select d.position from log d
         where d.workspace_id = $1 and d.position < $3 and d.kind = 'team.deleted' and d.id = $2
         order by d.position desc limit 1)
       order by l.id, l.position desc) passed
     join conversations c on c.workspace_id = $1 and c.id = passed.id
     where c.status <> 'closed' and c.team_id is null`,
    [workspaceId, teamId, until],
  );
}

/** The unclosed conversations of a team. */
export async function findOfTeam(
  sql: Queries,
  workspaceId: string,
  teamId: string,
): Promise<string[]> {
  const rows = await run<{ id: string }>(
    sql,
    `select id from conversations where workspace_id = $1 and status <> 'closed' and team_id = $2 order by id`,
    [workspaceId, teamId],
  );
  return rows.map((row) => row.id);
}
