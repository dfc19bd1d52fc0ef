import type { AgentId, InboxId, Role, WorkspaceId } from '@deskbell/contract';
import type { PendingInvitation } from './invitations.sql.ts';
import type { ListedSession, Membership } from './sql.ts';

/** A pending invitation as admins see it: never its link. */
export function presentInvitation(row: PendingInvitation) {
  return {
    id: row.id,
    email: row.email,
    role: row.role as Role,
    inboxIds: row.inboxIds as InboxId[] | null,
    createdBy: row.createdBy as AgentId,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    isExpired: row.isExpired,
  };
}

/** A session as its owner sees it. `device`: what its browser said of itself. */
export function presentSession(
  row: ListedSession,
  device: { browser: string; system: string; kind: 'computer' | 'phone' | 'tablet' | 'other' },
) {
  return {
    id: row.id,
    workspaceName: row.workspaceName,
    device,
    address: row.address,
    createdAt: row.createdAt,
    lastUsedAt: row.lastUsedAt,
    isThis: row.isThis,
  };
}

/** One of the workspaces of a sign-in. `waiting`: conversations in the queue there. */
export function presentWorkspace({ id, name }: { id: string; name: string }, waiting: number) {
  return { id: id as WorkspaceId, name, waiting };
}

/** Which workspace somebody came into, and as which agent. */
export function presentJoined({ workspaceId, agentId }: Membership) {
  return { workspaceId: workspaceId as WorkspaceId, agentId: agentId as AgentId };
}
