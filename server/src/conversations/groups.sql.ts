import type { Group } from '../platform/pipeline/table.ts';
import { column } from '../platform/store/columns.ts';
import { run } from '../platform/store/connect.ts';
import type { ConversationRow } from './rules.ts';
import { conversationColumns, conversations } from './sql.ts';

const byId = (left: ConversationRow, right: ConversationRow) =>
  left.id < right.id ? -1 : Number(left.id > right.id);

/** What an agent has open, by the agent's id: the load that counts against their capacity. */
export const openOf: Group<ConversationRow> = {
  name: 'openOf',
  table: conversations,
  key: ({ status, holder, assigneeId }) =>
    status === 'open' && holder === 'agent' ? assigneeId : null,
  compare: byId,
  load: (sql, workspaceId, keys) =>
    run<ConversationRow>(
      sql,
      `select ${conversationColumns} from conversations c
       where c.workspace_id = $1 and c.assignee_id = any($2::uuid[]) and c.status = 'open' and c.holder = 'agent'`,
      [workspaceId, `{${keys.join(',')}}`],
    ),
};

/** Routing looks at so many of each queue. */
const WAITING_LIMIT = 50;

/** The key of {@link waiting}: a queue is where conversations of an inbox wait for all who serve it, or for one team. */
export const queueKey = ({ inboxId, teamId }: Pick<ConversationRow, 'inboxId' | 'teamId'>) =>
  `${inboxId}/${teamId ?? inboxId}`;

/** Who waits longest in a queue, those queued in front first. */
export const waiting: Group<ConversationRow> = {
  name: 'waiting',
  table: conversations,
  key: (row) => (row.status === 'open' && row.holder === 'nobody' ? queueKey(row) : null),
  compare: (left, right) =>
    Number(right.isQueuedInFront) - Number(left.isQueuedInFront) ||
    queuedSince(left) - queuedSince(right) ||
    byId(left, right),
  limit: WAITING_LIMIT,
  load: (sql, workspaceId, keys) =>
    run<ConversationRow>(
      sql,
      `select ${conversationColumns} from unnest($2::uuid[], $3::uuid[]) as asked(inbox, place)
       cross join lateral (
         select * from conversations
         where workspace_id = $1 and inbox_id = asked.inbox and coalesce(team_id, inbox_id) = asked.place
           and status = 'open' and holder = 'nobody'
         order by is_queued_in_front desc, coalesce(queued_at, opened_at), id limit ${WAITING_LIMIT}) as c`,
      [
        workspaceId,
        column(keys, (key) => key.split('/')[0] ?? null),
        column(keys, (key) => key.split('/')[1] ?? null),
      ],
    ),
};

const queuedSince = ({ queuedAt, openedAt }: ConversationRow) => queuedAt ?? openedAt;
