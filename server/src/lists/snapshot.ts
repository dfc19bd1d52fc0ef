import {
  type AgentEntities,
  type List,
  type ListQuery,
  type Sight,
  usualQuery,
} from '@deskbell/contract';
import {
  agentForAgents,
  findWorkspace,
  loadAgents,
  workspaceForAgents,
} from '../accounts/index.ts';
import { contactForAgents, contacts } from '../contacts/index.ts';
import { type ConversationRow, conversationForAgents } from '../conversations/index.ts';
import { findDrafts } from '../drafts/index.ts';
import { inboxForAgents, loadInboxes } from '../inboxes/index.ts';
import { labelForAgents, loadLabels } from '../labels/index.ts';
import { readHead } from '../platform/log/log.ts';
import type { Pool, Queries } from '../platform/store/connect.ts';
import { readOwn } from '../profiles/index.ts';
import { findMarks, findReceipts } from '../reading/index.ts';
import { loadTeams, teamForAgents } from '../teams/index.ts';
import { type ListRow, readList } from './page.sql.ts';

const PAGE = 50;
const firstLists: readonly List[] = ['queue', 'mine', 'open', 'pending'];

export interface Viewer {
  workspaceId: string;
  agentId: string;
  sight: Sight;
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
    const [workspace, agents, inboxes, labels, teams, drafts, own, ...pages] = await Promise.all([
      findWorkspace(sql, workspaceId),
      loadAgents(sql, workspaceId),
      loadInboxes(sql, workspaceId),
      loadLabels(sql, workspaceId),
      loadTeams(sql, workspaceId),
      findDrafts(sql, workspaceId, { agentId, isTakenBackToo: false }),
      readOwn(sql, workspaceId, viewer),
      ...firstLists.map((list) =>
        readList(sql, workspaceId, { ...usualQuery(list), sight: viewer.sight, limit: PAGE }),
      ),
    ]);
    const cards = await withCompany(sql, viewer, pages.flat());
    return {
      position,
      entities: {
        workspaces: workspace ? [workspaceForAgents(workspace)] : [],
        agents: agents.map(agentForAgents),
        inboxes: inboxes.map(inboxForAgents),
        labels: labels.map(labelForAgents),
        teams: teams.map(teamForAgents),
        drafts,
        ...own,
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
  page: ListQuery & { cursor?: string | undefined; limit: number },
): Promise<Cards & { next: string | null }> {
  const rows = await readList(pool, viewer.workspaceId, {
    ...page,
    sight: viewer.sight,
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
