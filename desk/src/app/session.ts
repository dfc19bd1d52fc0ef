import type { Agent, May, Workspace, WorkspaceId } from '@deskbell/contract';
import { ask, isProblem, type Problem } from './api.ts';
import { disconnect } from './client.tsx';
import { leavePlace, standIn } from './place.ts';

/** Who is signed in, where, and what they may do (the server's policy says so). */
export interface Session {
  agent: Agent;
  workspace: Workspace;
  may: May;
  /** All that this sign-in belongs to, the first joined first. */
  workspaces: { id: WorkspaceId; name: string; isLastUsed: boolean }[];
}

export type Found =
  | { is: 'signed-in'; session: Session }
  | { is: 'signed-out' }
  /** Signed in, and no agent of the workspace in the address. */
  | { is: 'elsewhere' }
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

/** What the server says to who came in. */
export interface SignedIn {
  workspaceId: WorkspaceId;
}

/** Somebody signed in, and stands in that workspace, whatever the address said. */
export function comeIn({ workspaceId }: SignedIn): void {
  forgetSession();
  standIn(workspaceId, { isOneOfSeveral: false });
}

/** `conversations`: what becomes of the open ones. */
export async function signOut(conversations?: 'keep' | 'queue'): Promise<Problem | null> {
  const answer = await ask('POST', '/sign-out', { conversations });
  if (isProblem(answer)) return answer;
  forgetSession();
  leavePlace();
  return null;
}

async function lookUp(): Promise<Found> {
  const session = await ask<Session>('GET', '/me');
  if (!isProblem(session)) return arrive(session);
  if (session.code === 'not-a-member') return { is: 'elsewhere' };
  if (session.code !== 'unauthenticated' && session.code !== 'session-ended')
    return { is: 'unreachable', problem: session };
  const setUp = await ask<{ isFirstVisit: boolean }>('GET', '/setup');
  if (isProblem(setUp)) return { is: 'unreachable', problem: setUp };
  return { is: setUp.isFirstVisit ? 'first-visit' : 'signed-out' };
}

/** There they come in the next time too; who has but one comes in nowhere else. */
function arrive(session: Session): Found {
  const { workspace, workspaces } = session;
  const isOneOfSeveral = workspaces.length > 1;
  standIn(workspace.id, { isOneOfSeveral });
  const isLastUsed = workspaces.find(({ id }) => id === workspace.id)?.isLastUsed;
  if (isOneOfSeveral && !isLastUsed) void ask('PUT', '/me/workspace');
  return { is: 'signed-in', session };
}

/** Stands for wherever the desk is served from. */
const HERE = 'https://desk.invalid';

/** Where to go after signing in: a path of our own, never somebody else's page. Browsers leave out tabs and new lines. */
export function returnPath(back: string | undefined): string {
  if (!back?.startsWith('/') || !URL.canParse(back, HERE)) return '/';
  const { origin, pathname } = new URL(back, HERE);
  return origin !== HERE || /^\/(\/|(sign-in|set-up)\b)/.test(pathname) ? '/' : back;
}
