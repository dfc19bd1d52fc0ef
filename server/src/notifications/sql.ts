import type { Notice, SightFacts } from '@deskbell/contract';
import { column } from '../platform/store/columns.ts';
import { type Queries, run } from '../platform/store/connect.ts';
import { NOW_MS } from '../platform/store/now.ts';

/** In the place of a device: the first of its agent's that comes announces it. */
export const FIRST_TO_COME = '00000000-0000-0000-0000-000000000000';

const DAY_MS = 24 * 3_600_000;
/** What stands in the bell is kept so long, in ms; what was only announced, a day. */
const KEPT_MS = 90 * DAY_MS;

export interface NoticeRow {
  id: string;
  agentId: string;
  kind: Notice['kind'];
  conversationId: string;
  seq: number;
  byId: string | null;
  at: number;
  position: number;
  isKept: boolean;
  /** The device that announces it, or {@link FIRST_TO_COME}; null: it is pushed, or nobody is to be disturbed. */
  deviceId: string | null;
  shownAt: number | null;
  readAt: number | null;
}

/** With what is shown of its conversation. */
export interface NoticeView extends NoticeRow {
  contactId: string | null;
  contactName: string | null;
  /** Where the conversation stands and who is in it; null: it is no longer there. */
  place: SightFacts | null;
}

export async function insertNotices(
  sql: Queries,
  workspaceId: string,
  rows: readonly Omit<NoticeRow, 'shownAt' | 'readAt'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await run(
    sql,
    `insert into notices (workspace_id, agent_id, id, kind, conversation_id, seq, by_id, at, position, is_kept, device_id)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::bigint[], $7::uuid[], $8::bigint[], $9::bigint[], $10::boolean[], $11::uuid[])
     on conflict do nothing`,
    [
      workspaceId,
      column(rows, (row) => row.agentId),
      column(rows, (row) => row.id),
      column(rows, (row) => row.kind),
      column(rows, (row) => row.conversationId),
      column(rows, (row) => row.seq),
      column(rows, (row) => row.byId),
      column(rows, (row) => row.at),
      column(rows, (row) => row.position),
      column(rows, (row) => row.isKept),
      column(rows, (row) => row.deviceId),
    ],
  );
}

const view = `select n.id, n.agent_id as "agentId", n.kind, n.conversation_id as "conversationId", n.seq, n.by_id as "byId", n.at, n.position,
    n.is_kept as "isKept", n.device_id as "deviceId", n.shown_at as "shownAt", n.read_at as "readAt",
    c.contact_id as "contactId", p.name as "contactName",
    case when c.id is not null then jsonb_build_object('inboxId', c.inbox_id, 'teamId', c.team_id, 'assigneeId', c.assignee_id,
      'participants', c.participants) end as place
  from notices n
  left join conversations c on c.workspace_id = n.workspace_id and c.id = n.conversation_id
  left join contacts p on p.workspace_id = n.workspace_id and p.id = c.contact_id`;

/** What came after a position, in order. */
export function findNoticesAfter(
  sql: Queries,
  workspaceId: string,
  position: number,
): Promise<NoticeView[]> {
  return run<NoticeView>(
    sql,
    `${view} where n.workspace_id = $1 and n.position > $2 order by n.position`,
    [workspaceId, position],
  );
}

/** Where the notices of these workspaces end; those without any are left out. */
export function readNoticeHeads(
  sql: Queries,
  workspaceIds: readonly string[],
): Promise<{ workspaceId: string; position: number }[]> {
  return run(
    sql,
    `select w.id as "workspaceId", last.position from unnest($1::uuid[]) as w(id)
     cross join lateral (select position from notices where workspace_id = w.id order by position desc limit 1) as last`,
    [`{${workspaceIds.join(',')}}`],
  );
}

/** Where the notices of a workspace stood a minute ago. */
export async function readNoticeHeadBefore(
  sql: Queries,
  workspaceId: string,
  agoMs: number,
): Promise<number> {
  const [row] = await run<{ position: number }>(
    sql,
    `select coalesce(max(position), 0) as position from notices where workspace_id = $1 and at < ${NOW_MS} - $2::bigint`,
    [workspaceId, agoMs],
  );
  return row?.position ?? 0;
}

/** What a device was to announce since a while, and has not said that it did; what waits for the first to come is its own now, unless it is a new one. */
export async function takeUnshown(
  sql: Queries,
  workspaceId: string,
  of: { agentId: string; deviceId: string; sinceMs: number },
): Promise<NoticeView[]> {
  await run(
    sql,
    `update notices set device_id = $3
     where workspace_id = $1 and agent_id = $2 and device_id = '${FIRST_TO_COME}' and shown_at is null
       and at > ${NOW_MS} - $4::bigint
       and exists (select from notices where workspace_id = $1 and agent_id = $2 and device_id = $3)`,
    [workspaceId, of.agentId, of.deviceId, of.sinceMs],
  );
  return run<NoticeView>(
    sql,
    `${view} where n.workspace_id = $1 and n.agent_id = $2 and n.device_id = $3 and n.shown_at is null and n.read_at is null
       and n.at > ${NOW_MS} - $4::bigint order by n.position`,
    [workspaceId, of.agentId, of.deviceId, of.sinceMs],
  );
}

export async function findNotice(
  sql: Queries,
  workspaceId: string,
  of: { agentId: string; id: string },
): Promise<NoticeView | undefined> {
  const [row] = await run<NoticeView>(
    sql,
    `${view} where n.workspace_id = $1 and n.agent_id = $2 and n.id = $3`,
    [workspaceId, of.agentId, of.id],
  );
  return row;
}

/** An agent's bell, the newest first. */
export function readBell(
  sql: Queries,
  workspaceId: string,
  of: { agentId: string; before?: { at: number; id: string } | undefined; limit: number },
): Promise<NoticeView[]> {
  return run<NoticeView>(
    sql,
    `${view} where n.workspace_id = $1 and n.agent_id = $2 and n.is_kept
       and ($3::bigint is null or n.at < $3 or (n.at = $3 and n.id > $5::uuid))
     order by n.at desc, n.id limit $4`,
    [workspaceId, of.agentId, of.before?.at ?? null, of.limit, of.before?.id ?? null],
  );
}

/** Marks as read: these, or all. Answers which were not. */
export async function markNoticesRead(
  sql: Queries,
  workspaceId: string,
  of: { agentId: string; ids: readonly string[] | null },
): Promise<string[]> {
  const rows = await run<{ id: string }>(
    sql,
    `update notices set read_at = ${NOW_MS}
     where workspace_id = $1 and agent_id = $2 and is_kept and read_at is null and ($3::uuid[] is null or id = any($3::uuid[]))
     returning id`,
    [workspaceId, of.agentId, of.ids && `{${of.ids.join(',')}}`],
  );
  return rows.map(({ id }) => id);
}

/** They were shown to their agent; what isn't theirs is left as it is. */
export async function markShown(
  sql: Queries,
  workspaceId: string,
  of: { agentId: string; ids: readonly string[] },
): Promise<void> {
  await run(
    sql,
    `update notices set shown_at = ${NOW_MS}
     where workspace_id = $1 and agent_id = $2 and id = any($3::uuid[]) and shown_at is null`,
    [workspaceId, of.agentId, `{${of.ids.join(',')}}`],
  );
}

export async function forgetNotices(sql: Queries): Promise<void> {
  await run(sql, `delete from notices where not is_kept and at < ${NOW_MS} - ${DAY_MS}`);
  await run(sql, `delete from notices where is_kept and at < ${NOW_MS} - ${KEPT_MS}`);
}
