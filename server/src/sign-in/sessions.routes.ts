import { agentIdSchema, refuse, timeSchema } from '@deskbell/contract';
import { z } from 'zod';
import { loadAgents, manages } from '../accounts/index.ts';
import { type Asked, type Route, route } from '../platform/http/route.ts';
import { sessionToken } from '../platform/http/session-cookie.ts';
import { deviceOf } from './device.ts';
import { presentSession } from './present.ts';
import { by, passwordSchema, type SignInParts, topic } from './welcome.routes.ts';

const sessionSchema = z.object({
  id: z.string(),
  workspaceName: z.string(),
  device: z.object({
    browser: z.string(),
    system: z.string(),
    kind: z.enum(['computer', 'phone', 'tablet', 'other']),
  }),
  address: z.string().meta({ description: 'the internet address that signed in' }),
  createdAt: timeSchema,
  lastUsedAt: timeSchema,
  isThis: z.boolean(),
});
const endedSchema = z.object({ ended: z.int().meta({ description: 'how many sessions' }) });

/** Where one is signed in, and the way to end it; admins end those of others. */
export function sessionRoutes({ pool, signIn, publicUrl }: SignInParts): Route[] {
  const tokenOf = ({ request }: Pick<Asked, 'request'>) =>
    sessionToken(request.raw, publicUrl) ?? '';
  return [
    route({
      method: 'GET',
      path: '/me/sessions',
      summary: 'Where one is signed in.',
      topic,
      who: 'agent',
      answer: z.object({ sessions: z.array(sessionSchema) }),
      async handle(asked) {
        const rows = await signIn.listSessions(tokenOf(asked));
        return { sessions: rows.map((row) => presentSession(row, deviceOf(row.userAgent))) };
      },
    }),
    route({
      method: 'POST',
      path: '/me/password',
      summary: "Change one's password; the present one is asked, and other sessions end if wished.",
      topic,
      who: 'agent',
      body: z.strictObject({
        present: passwordSchema,
        password: passwordSchema,
        endsOthers: z.boolean(),
      }),
      answer: endedSchema,
      refusals: ['wrong-password', 'weak-password', 'too-many'],
      handle: async (asked) =>
        signIn.changePassword(tokenOf(asked), { ...asked.body, ...by(asked) }),
    }),
    route({
      method: 'DELETE',
      path: '/me/sessions',
      summary: 'End all other sessions of oneself, and their open sockets.',
      topic,
      who: 'agent',
      answer: endedSchema,
      handle: async (asked) => ({ ended: await signIn.endOwn(tokenOf(asked), null) }),
    }),
    route({
      method: 'DELETE',
      path: '/me/sessions/:sessionId',
      summary: 'End a session of oneself, and its open sockets.',
      topic,
      who: 'agent',
      params: z.object({ sessionId: z.guid() }),
      answer: endedSchema,
      refusals: ['not-found'],
      async handle(asked) {
        const ended = await signIn.endOwn(tokenOf(asked), asked.params.sessionId);
        return ended > 0 ? { ended } : refuse('not-found');
      },
    }),
    route({
      method: 'DELETE',
      path: '/agents/:agentId/sessions',
      summary: 'An admin ends all sessions of an agent, and their open sockets.',
      topic,
      who: 'agent',
      params: z.object({ agentId: agentIdSchema }),
      answer: endedSchema,
      refusals: ['forbidden', 'not-found'],
      async handle({ party, params: { agentId } }) {
        const { workspaceId } = party;
        const target = (await loadAgents(pool, workspaceId)).find(({ id }) => id === agentId);
        if (!target) return refuse('not-found');
        if (!manages({ ...party, isActive: true }, target))
          return refuse('forbidden', `You may not sign out somebody who is ${target.role}`);
        return { ended: await signIn.endAllOf({ workspaceId, agent: target, by: party.agentId }) };
      },
    }),
  ];
}
