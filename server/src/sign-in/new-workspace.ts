import type { Availability } from '@deskbell/contract';
import { agents, newcomer, workspaces } from '../accounts/index.ts';
import { inboxes, newInbox } from '../inboxes/index.ts';
import { newId } from '../platform/ids.ts';
import type { Queries } from '../platform/store/connect.ts';
import { runStatement } from '../platform/store/statement.ts';

interface NewWorkspace {
  workspaceName: string;
  owner: { userId: string; name: string; email: string };
  /** Who made it in a browser is there; who made it by hand hasn't come yet. */
  availability: Availability;
}

/** A workspace, its owner and a web inbox, in the caller's transaction. */
export async function insertWholeWorkspace(
  sql: Queries,
  { workspaceName, owner, availability }: NewWorkspace,
): Promise<{ workspaceId: string; agentId: string }> {
  const now = Date.now();
  const workspaceId = newId(now);
  const agentId = newId(now);
  const workspace = { id: workspaceId, version: 1, name: workspaceName, settings: {} };
  await runStatement(sql, workspaces.insert(workspaceId, [workspace]));
  const agent = {
    ...newcomer,
    ...owner,
    id: agentId,
    role: 'owner' as const,
    availability,
    availabilityAt: now,
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
