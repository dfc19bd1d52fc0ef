import type { Refusal } from '@deskbell/contract';
import { z } from 'zod';
import type { Asked } from '../platform/http/route.ts';
import {
  browserToken,
  keepBrowser,
  keepSession,
  wantedWorkspace,
} from '../platform/http/session-cookie.ts';
import type { Pool } from '../platform/store/connect.ts';
import type { Origin } from './guesses.ts';
import type { SignedIn, SignIn } from './sign-in.ts';

/** What the routes of signing in ask. */
export interface SignInParts {
  pool: Pool;
  signIn: SignIn;
  /** What of each workspace is at hand in memory. */
  hubs: { of(workspaceId: string): Promise<{ waitingFor(agentId: string): number }> };
  /** The address that browsers use, where it is configured. */
  publicUrl: string | undefined;
}

export const MINUTE = 60_000;
export const topic = 'Signing in';
export const passwordSchema = z.string().min(1).max(1000);
export const signedInSchema = z.object({
  token: z
    .string()
    .meta({ description: 'for clients that are no browser; a browser has a cookie' }),
  workspaceId: z.string(),
  agentId: z.string(),
});

/** From where somebody asks. */
export const by = ({ request }: Pick<Asked, 'request'>): Origin => ({
  userAgent: request.headers['user-agent'] ?? '',
  address: request.ip,
  browser: browserToken(request.raw),
  workspaceId: wantedWorkspace(request.raw),
});

/** Lets in who signed in: their cookies, and the token for who is no browser. */
export function welcome(
  { reply, request }: Pick<Asked, 'reply' | 'request'>,
  publicUrl: string | undefined,
  result: SignedIn | Refusal,
): z.infer<typeof signedInSchema> | Refusal {
  if ('code' in result) return result;
  const isSecure = (publicUrl ?? `${request.protocol}:`).startsWith('https:');
  keepSession(reply, result.token, isSecure);
  keepBrowser(reply, result.browser, isSecure);
  const { token, workspaceId, agentId } = result;
  return { token, workspaceId, agentId };
}

export const originOf = ({ request }: Pick<Asked, 'request'>, publicUrl: string | undefined) =>
  publicUrl ? new URL(publicUrl).origin : `${request.protocol}://${request.host}`;
