import { mayEmbed, type Refusal, refuse, workspaceIdSchema } from '@deskbell/contract';
import type { FastifyRequest } from 'fastify';
import { seesEveryInbox } from '../accounts/index.ts';
import { contactIdOf } from '../contacts/index.ts';
import { pageOrigin } from '../platform/http/page-origin.ts';
import type { AgentParty, ContactParty } from '../platform/http/route.ts';
import type { Door } from '../platform/http/serve.ts';
import { bearerToken, sessionToken, wantedWorkspace } from '../platform/http/session-cookie.ts';
import type { Callers } from './callers.ts';

interface Parts {
  callers: Callers;
  publicUrl: string | undefined;
}

/** Who asks: an agent by their session, a contact by the secret of their browser. */
export function createDoor(parts: Parts): Door {
  return {
    agent: (request) => agentOf(request, parts),
    contact: (request) => contactOf(request, parts),
  };
}

async function agentOf(
  request: FastifyRequest,
  { callers, publicUrl }: Parts,
): Promise<AgentParty | Refusal> {
  const token = sessionToken(request.raw, publicUrl);
  if (token === undefined) return refuse('unauthenticated');
  const wanted = wantedWorkspace(request.raw);
  if (wanted !== undefined && !workspaceIdSchema.safeParse(wanted).success)
    return refuse('not-a-member', 'X-Deskbell-Workspace is no id of a workspace');
  const session = await callers.session(token, { address: request.ip, workspaceId: wanted });
  if ('code' in session) return session;
  const { workspaceId, agentId, role, position } = session;
  const sight = {
    agentId,
    isSupervisor: seesEveryInbox({ role, isActive: true }),
    inboxIds: new Set(session.inboxIds),
    teamIds: new Set(session.teamIds),
    servedInboxIds: new Set(session.servedInboxIds),
  };
  return { kind: 'agent', workspaceId, agentId, role, sight, position };
}

async function contactOf(
  request: FastifyRequest,
  { callers, publicUrl }: Parts,
): Promise<ContactParty | Refusal> {
  const key = request.headers['x-deskbell-inbox'];
  const token = bearerToken(request.raw);
  if (typeof key !== 'string' || token === undefined) return refuse('unauthenticated');
  if (token.length < 32 || token.length > 128)
    return refuse('unauthenticated', "A visitor's token has 32 to 128 characters");
  const inbox = await callers.inbox(key, request.ip);
  if ('code' in inbox)
    return inbox.code === 'not-found' ? refuse('unauthenticated', inbox.detail) : inbox;
  const origin = pageOrigin(request.raw, publicUrl);
  if (origin !== null && !mayEmbed(inbox.domains, origin)) return refuse('wrong-origin');
  const contactId = contactIdOf(inbox.workspaceId, token);
  return { kind: 'contact', workspaceId: inbox.workspaceId, contactId, inboxId: inbox.id };
}
