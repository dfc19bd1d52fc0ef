import { agents } from '../accounts/index.ts';
import { inboxes, newInbox } from '../inboxes/index.ts';
import { newId } from '../platform/ids.ts';
import type { Queries } from '../platform/store/connect.ts';
import { runStatement } from '../platform/store/statement.ts';
import * as store from './sql.ts';

interface NewWorkspace {
  workspaceName: string;
  owner: { userId: string; name: string; email: string };
}

/** A workspace, its owner and a web inbox, in the caller's transaction. */
export async function insertWholeWorkspace(
  sql: Queries,
  { workspaceName, owner }: NewWorkspace,
): Promise<{ workspaceId: string; agentId: string }> {
  const now = Date.now();
  const workspaceId = newId(now);
  const agentId = newId(now);
  await store.insertWorkspace(sql, { id: workspaceId, name: workspaceName });
  const agent = {
    id: agentId,
    userId: owner.userId,
    version: 1,
    name: owner.name,
    email: owner.email,
    role: 'owner' as const,
    isActive: true,
    rights: 1,
  };
  await runStatement(sql, agents.insert(workspaceId, [agent]));
  const inbox = newInbox({
    name: workspaceName,
    newId: () => newId(now),
    memberIds: [agentId],
  });
  await runStatement(sql, inboxes.insert(workspaceId, [inbox]));
  return { workspaceId, agentId };
}
