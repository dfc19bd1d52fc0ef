import type { Role } from '@deskbell/contract';
import { ask, type Problem } from '../../app/api.ts';
import { findSession, type Session } from '../../app/session.ts';

/** What an invitation is for. */
export interface Invitation {
  workspaceName: string;
  /** Who alone may use it; null: whoever has the link. */
  email: string | null;
  role: Role;
  expiresAt: number;
}

/** With who follows it, where somebody is signed in. An invitation that can't be used is an answer; a server out of reach is none. */
export async function loadInvitation(
  token: string,
): Promise<{ invitation: Invitation | Problem; session: Session | null }> {
  const [invitation, found] = await Promise.all([
    ask<Invitation>('GET', `/invitations/${encodeURIComponent(token)}`),
    findSession(),
  ]);
  if ('code' in invitation && !invitation.code.startsWith('invitation-'))
    throw new Error(invitation.detail);
  return { invitation, session: found.is === 'signed-in' ? found.session : null };
}
