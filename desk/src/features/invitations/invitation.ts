import type { Role } from '@deskbell/contract';
import { ask, type Problem } from '../../app/api.ts';

/** What an invitation is for. */
export interface Invitation {
  workspaceName: string;
  /** Who alone may use it; null: whoever has the link. */
  email: string | null;
  role: Role;
  expiresAt: number;
}

/** An invitation that can't be used is an answer; a server out of reach is none. */
export async function loadInvitation(token: string): Promise<Invitation | Problem> {
  const answer = await ask<Invitation>('GET', `/invitations/${encodeURIComponent(token)}`);
  if ('code' in answer && !answer.code.startsWith('invitation-')) throw new Error(answer.detail);
  return answer;
}
