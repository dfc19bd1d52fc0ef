import type { Agent, Role, Workspace } from '@deskbell/contract';
import { ask, isProblem, type Problem } from './api.ts';
import { disconnect } from './client.tsx';

/** Who is signed in, where, and what they may do (the server's policy says so). */
export interface Session {
  agent: Agent;
  workspace: Workspace;
  may: { changeSettings: boolean; seeEveryInbox: boolean; inviteAs: Role[] };
}

export type Found =
  | { is: 'signed-in'; session: Session }
  | { is: 'signed-out' }
  | { is: 'first-visit' }
  | { is: 'unreachable'; problem: Problem };

let found: Promise<Found> | null = null;

/** Asked once per page, and again after {@link forgetSession}; a failure is asked again at once. */
export function findSession(): Promise<Found> {
  found ??= lookUp().then((answer) => {
    if (answer.is !== 'signed-in') found = null;
    return answer;
  });
  return found;
}

/** Somebody signed in or out, or the session ended: what was known of it no longer holds. */
export function forgetSession(): void {
  found = null;
  disconnect();
}

export async function signOut(): Promise<Problem | null> {
  const answer = await ask('POST', '/sign-out', {});
  if (isProblem(answer)) return answer;
  forgetSession();
  return null;
}

async function lookUp(): Promise<Found> {
  const session = await ask<Session>('GET', '/me');
  if (!isProblem(session)) return { is: 'signed-in', session };
  if (session.code !== 'unauthenticated' && session.code !== 'session-ended')
    return { is: 'unreachable', problem: session };
  const setUp = await ask<{ isFirstVisit: boolean }>('GET', '/setup');
  if (isProblem(setUp)) return { is: 'unreachable', problem: setUp };
  return { is: setUp.isFirstVisit ? 'first-visit' : 'signed-out' };
}

/** Where to go after signing in: a path of our own, never somebody else's page. */
export function returnPath(back: string | undefined): string {
  if (!back?.startsWith('/') || /^\/[/\\]/.test(back) || /^\/(sign-in|set-up)\b/.test(back))
    return '/';
  return back;
}
