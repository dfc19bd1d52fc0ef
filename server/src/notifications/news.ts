import type { AlertChoices } from '@deskbell/contract';
import { type ConversationRow, conversations } from '../conversations/index.ts';
import type { Queries } from '../platform/store/connect.ts';
import { findMarks } from '../reading/index.ts';
import { findAlerts } from './alerts.sql.ts';
import { findSights } from './people.ts';
import { isOnline } from './reach.sql.ts';
import { isStillNews } from './rules.ts';
import type { NoticeView } from './sql.ts';

export interface News {
  notice: NoticeView;
  conversation: ConversationRow;
  /** What its agent wants to be told by now. */
  choices: AlertChoices;
}

/** Of what an agent was to be told, and no device has shown: what still is for them to hear of. */
export async function findNews(
  sql: Queries,
  workspaceId: string,
  { agentId, notices }: { agentId: string; notices: readonly NoticeView[] },
): Promise<News[]> {
  if (notices.length === 0) return [];
  const conversationIds = [...new Set(notices.map(({ conversationId }) => conversationId))];
  const [rows, marks, sights, choices, online] = await Promise.all([
    conversations.load(sql, workspaceId, conversationIds),
    findMarks(sql, workspaceId, { agentId, conversationIds }),
    findSights(sql, workspaceId),
    findAlerts(sql, workspaceId, agentId),
    isOnline(sql, workspaceId, agentId),
  ]);
  const sight = sights.get(agentId);
  if (!sight) return [];
  const person = { agentId, sight, choices, isOnline: online };
  const byId = new Map<string, ConversationRow>(rows.map((row) => [row.id, row]));
  const readThrough = new Map<string, number>(marks.map(({ id, version }) => [id, version]));
  return notices.flatMap((notice) => {
    const { kind, seq, conversationId } = notice;
    const conversation = byId.get(conversationId);
    if (!conversation || notice.shownAt !== null || notice.readAt !== null) return [];
    const untold = { kind, conversation, seq, readThrough: readThrough.get(conversationId) ?? 0 };
    return isStillNews(untold, person) ? [{ notice, conversation, choices }] : [];
  });
}
