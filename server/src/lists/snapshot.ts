import type { AgentEntities, List } from '@deskbell/contract';
import { agentForAgents, loadAgents } from '../accounts/index.ts';
import { contactForAgents, contacts } from '../contacts/index.ts';
import { type ConversationRow, conversationForAgents } from '../conversations/index.ts';
import { findDrafts } from '../drafts/index.ts';
import { inboxForAgents, loadInboxes } from '../inboxes/index.ts';
import { readHead } from '../platform/log/log.ts';
import { type Pool, type Queries, run } from '../platform/store/connect.ts';
import { findMarks, findReceipts } from '../reading/index.ts';
import { type ListRow, readList, type VisibleInboxes } from './sql.ts';

const PAGE = 50;
const firstLists: readonly List[] = ['queue', 'mine', 'open'];

export interface Viewer {
  workspaceId: string;
  agentId: string;
  inboxes: VisibleInboxes;
}

/** What cards show. */
export type Cards = {
  [Kind in 'conversations' | 'contacts' | 'marks' | 'receipts']: NonNullable<AgentEntities[Kind]>;
};

export interface AgentSnapshot {
  position: number;
  entities: AgentEntities;
  lists: Partial<Record<List, string | null>>;
}

/** What a desk begins with: people, inboxes and the first page of each live list, as they stood at one position. */
export function takeSnapshot(pool: Pool, viewer: Viewer): Promise<AgentSnapshot> {
  const { workspaceId, agentId } = viewer;
  return pool.begin('isolation level repeatable read read only', async (transaction) => {
    const sql = transaction as unknown as Queries;
    const { position } = await readHead(sql, workspaceId);
    const [workspaces, agents, inboxes, drafts, ...pages] = await Promise.all([
      run<{ id: string; name: string; version: number }>(
        sql,
        'select id, name, version from workspaces where id = $1',
        [workspaceId],
      ),
      loadAgents(sql, workspaceId),
      loadInboxes(sql, workspaceId),
      findDrafts(sql, workspaceId, { agentId, isTakenBackToo: false }),
      ...firstLists.map((list) =>
        readList(sql, workspaceId, { list, agentId, inboxes: viewer.inboxes, limit: PAGE }),
      ),
    ]);
    const cards = await withCompany(sql, viewer, pages.flat());
    return {
      position,
      entities: {
        workspaces: workspaces as AgentEntities['workspaces'],
        agents: agents.map(agentForAgents),
        inboxes: inboxes.map(inboxForAgents),
        drafts,
        ...cards,
      },
      lists: Object.fromEntries(
        firstLists.map((list, index) => [list, nextCursor(pages[index] ?? [], PAGE)]),
      ),
    };
  }) as Promise<AgentSnapshot>;
}

/** One further page of a list, with what its cards need. */
export async function readPage(
  pool: Pool,
  viewer: Viewer,
  page: { list: List; cursor?: string | undefined; limit: number },
): Promise<Cards & { next: string | null }> {
  const rows = await readList(pool, viewer.workspaceId, {
    ...page,
    agentId: viewer.agentId,
    inboxes: viewer.inboxes,
  });
  return { ...(await withCompany(pool, viewer, rows)), next: nextCursor(rows, page.limit) };
}

/** Cards with their contacts, the agent's marks and the receipts. */
export async function withCompany(
  sql: Queries,
  { workspaceId, agentId }: Viewer,
  rows: readonly ConversationRow[],
): Promise<Cards> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const conversationIds = [...byId.keys()];
  const contactIds = [...new Set(rows.map((row) => row.contactId))];
  const [people, marks, receipts] = await Promise.all([
    contacts.load(sql, workspaceId, contactIds),
    findMarks(sql, workspaceId, { agentId, conversationIds }),
    findReceipts(sql, workspaceId, conversationIds),
  ]);
  return {
    conversations: [...byId.values()].map(conversationForAgents),
    contacts: people.map(contactForAgents),
    marks,
    receipts,
  };
}

function nextCursor(rows: readonly ListRow[], limit: number): string | null {
  return rows.length < limit ? null : (rows.at(-1)?.cursor ?? null);
}
