import { emailSchema, nameSchema, type Refusal } from '@deskbell/contract';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { sendProblem } from '../platform/http/problem.ts';
import { SESSION_COOKIE, sessionToken } from '../platform/http/session-cookie.ts';
import type { SignedIn, SignIn } from './sign-in.ts';

const passwordSchema = z.string().min(1).max(1000);
const signedInSchema = z.object({
  token: z.string(),
  workspaceId: z.string(),
  agentId: z.string(),
});

/** First visit, signing in and out. Who signs in gets a cookie, and the token for clients that are no browser. */
export function signInRoutes(signIn: SignIn): FastifyPluginAsync {
  return async (plain) => {
    const app = plain.withTypeProvider<ZodTypeProvider>();
    app.get(
      '/setup',
      { schema: { response: { 200: z.object({ isFirstVisit: z.boolean() }) } } },
      async () => ({
        isFirstVisit: await signIn.isFirstVisit(),
      }),
    );
    app.post(
      '/setup',
      {
        schema: {
          body: z.strictObject({
            workspaceName: nameSchema,
            name: nameSchema,
            email: emailSchema,
            password: passwordSchema,
          }),
        },
      },
      async (request, reply) =>
        answer(
          reply,
          await signIn.createWorkspace({ ...request.body, userAgent: agentOf(request) }),
        ),
    );
    app.post(
      '/sign-in',
      { schema: { body: z.strictObject({ email: emailSchema, password: passwordSchema }) } },
      async (request, reply) =>
        answer(reply, await signIn.signIn({ ...request.body, userAgent: agentOf(request) })),
    );
    signOutRoute(app, signIn);
  };
}

function signOutRoute(app: FastifyInstance, signIn: SignIn): void {
  app.post('/sign-out', async (request, reply) => {
    const token = sessionToken(request.raw);
    if (token) await signIn.signOut(token);
    return reply.clearCookie(SESSION_COOKIE, { path: '/' }).code(204).send();
  });
}

function answer(reply: FastifyReply, result: SignedIn | Refusal): FastifyReply {
  if ('code' in result) return sendProblem(reply, result);
  const isSecure = reply.request.protocol === 'https';
  const days = 30 * 24 * 3600;
  reply.setCookie(SESSION_COOKIE, result.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    maxAge: days,
  });
  return reply.send(signedInSchema.parse(result));
}

const agentOf = (request: FastifyRequest) => request.headers['user-agent'] ?? '';
