import type { AgentFace, Conversation, Entry, OwnConversation } from '@deskbell/contract';
import { agentForContacts, agents } from '../accounts/index.ts';
import {
  type ConversationRow,
  conversationForAgents,
  conversationForContact,
  entryForAgents,
  entryForContact,
  readTimeline,
  toldToContacts,
} from '../conversations/index.ts';
import type { Pool } from '../platform/store/connect.ts';
import { type Cards, type Viewer, withCompany } from './snapshot.ts';
import { findOwn, findVisible, readOfContact, readOwnConversations } from './sql.ts';

/** A contact who looks at their own conversations in one inbox. */
interface Self {
  workspaceId: string;
  contactId: string;
  inboxId: string;
}

interface TimelinePage {
  conversationId: string;
  before?: number | undefined;
  limit: number;
}

/** What one card shows; undefined where this viewer sees no such conversation. */
export async function readConversation(
  pool: Pool,
  viewer: Viewer,
  conversationId: string,
): Promise<Cards | undefined> {
  const { workspaceId, sight } = viewer;
  const row = await findVisible(pool, workspaceId, { conversationId, sight });
  return row && withCompany(pool, viewer, [row]);
}

export async function readTimelinePage(
  pool: Pool,
  { workspaceId, sight }: Viewer,
  page: TimelinePage,
): Promise<{ entries: Entry[]; hasEarlier: boolean } | undefined> {
  const { conversationId } = page;
  const row = await findVisible(pool, workspaceId, { conversationId, sight });
  if (!row) return undefined;
  const rows = await readTimeline(pool, workspaceId, page);
  return { entries: rows.map(entryForAgents), hasEarlier: hasEarlier(rows) };
}

/** A contact's conversations as far as this viewer sees them; undefined where that is none. */
export async function readHistory(
  pool: Pool,
  viewer: Viewer,
  of: { contactId: string; limit: number },
): Promise<{ conversations: Conversation[]; hasMore: boolean } | undefined> {
  const rows = await readOfContact(pool, viewer, { ...of, limit: of.limit + 1 });
  if (rows.length === 0) return undefined;
  return {
    conversations: rows.slice(0, of.limit).map(conversationForAgents),
    hasMore: rows.length > of.limit,
  };
}

/** Earlier conversations, the newest first, with the faces of those who answered. */
export async function readOwnHistory(
  pool: Pool,
  self: Self,
  limit: number,
): Promise<{ conversations: OwnConversation[]; agents: AgentFace[] }> {
  const rows = await readOwnConversations(pool, self.workspaceId, { ...self, limit });
  return {
    conversations: rows.map(conversationForContact),
    agents: await facesOf(pool, self.workspaceId, rows.map(answering)),
  };
}

export async function readOwnTimelinePage(
  pool: Pool,
  self: Self,
  page: TimelinePage,
): Promise<{ entries: Entry[]; agents: AgentFace[]; hasEarlier: boolean } | undefined> {
  const { workspaceId } = self;
  const row = await findOwn(pool, workspaceId, { ...self, conversationId: page.conversationId });
  if (!row) return undefined;
  // Filtered where it is read, so that no page comes empty while there is more before it.
  const rows = await readTimeline(pool, workspaceId, { ...page, activities: toldToContacts });
  const entries = rows.flatMap((entry) => entryForContact(entry) ?? []);
  const authorIds = entries.map(({ author }) => (author.kind === 'agent' ? author.id : null));
  const agents = await facesOf(pool, workspaceId, [answering(row), ...authorIds]);
  return { entries, agents, hasEarlier: hasEarlier(rows) };
}

/** Sequences begin with 1. */
const hasEarlier = (rows: readonly { seq: number }[]) => (rows[0]?.seq ?? 1) > 1;

const answering = (row: ConversationRow) => conversationForContact(row).assigneeId;

async function facesOf(
  pool: Pool,
  workspaceId: string,
  agentIds: readonly (string | null)[],
): Promise<AgentFace[]> {
  const ids = [...new Set(agentIds.filter((id) => id !== null))];
  return ids.length === 0 ? [] : (await agents.load(pool, workspaceId, ids)).map(agentForContacts);
}
