import { emailSchema, nameSchema } from '@deskbell/contract';
import { z } from 'zod';
import { type Route, route } from '../platform/http/route.ts';
import { dropSession, sessionToken } from '../platform/http/session-cookie.ts';
import { invitationRoutes } from './invitations.routes.ts';
import { ENOUGH, strengthOf } from './passwords.ts';
import { resetRoutes } from './resets.routes.ts';
import { sessionRoutes } from './sessions.routes.ts';
import type { SignInParts } from './welcome.routes.ts';
import { by, MINUTE, passwordSchema, signedInSchema, topic, welcome } from './welcome.routes.ts';
import { workspaceRoutes } from './workspaces.routes.ts';

/** First visit, signing in and out, invitations. Who signs in gets a cookie, and the token for clients that are no browser. */
export function signInRoutes(parts: SignInParts): Route[] {
  return [
    ...firstVisit(parts),
    ...session(parts),
    ...sessionRoutes(parts),
    ...invitationRoutes(parts),
    ...resetRoutes(parts),
    ...workspaceRoutes(parts),
    passwordStrength,
  ];
}

function firstVisit({ signIn, publicUrl }: SignInParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/setup',
      summary: 'Whether nobody has made a workspace here yet.',
      topic,
      who: 'anybody',
      answer: z.object({ isFirstVisit: z.boolean() }),
      handle: async () => ({ isFirstVisit: await signIn.isFirstVisit() }),
    }),
    route({
      method: 'POST',
      path: '/setup',
      summary: 'The first visit: make the workspace, its owner and a web inbox.',
      topic,
      who: 'anybody',
      allowance: { burst: 10, perMs: MINUTE },
      body: z.strictObject({
        workspaceName: nameSchema,
        name: nameSchema,
        email: emailSchema,
        password: passwordSchema,
      }),
      answer: signedInSchema,
      refusals: ['already-exists', 'weak-password'],
      handle: async (asked) =>
        welcome(asked, publicUrl, await signIn.createWorkspace({ ...asked.body, ...by(asked) })),
    }),
  ];
}

function session({ signIn, publicUrl }: SignInParts): Route[] {
  return [
    route({
      method: 'POST',
      path: '/sign-in',
      summary: 'Sign in with email and password.',
      topic,
      who: 'anybody',
      // Wrong passwords have limits of their own; a whole company may come from one address.
      allowance: { burst: 300, perMs: 10 * MINUTE },
      body: z.strictObject({ email: emailSchema, password: passwordSchema }),
      answer: signedInSchema,
      refusals: ['wrong-password', 'no-workspace', 'too-many'],
      handle: async (asked) =>
        welcome(asked, publicUrl, await signIn.signIn({ ...asked.body, ...by(asked) })),
    }),
    route({
      method: 'POST',
      path: '/sign-out',
      summary:
        'End this session and its open sockets. Who has no other desk connected is offline at once.',
      topic,
      who: 'anybody',
      allowance: { burst: 300, perMs: 10 * MINUTE },
      body: z.strictObject({
        conversations: z.enum(['keep', 'queue']).optional().meta({
          description:
            'what becomes of the open conversations of who goes offline; unsaid: those whose contact waits are queued again, the rest when theirs writes',
        }),
      }),
      answer: null,
      async handle({ request, reply, body }) {
        const token = sessionToken(request.raw, publicUrl);
        // Another page has no token, and takes nothing away.
        if (!token) return null;
        await signIn.signOut(token, body.conversations);
        dropSession(reply);
        return null;
      },
    }),
  ];
}

const passwordStrength = route({
  method: 'POST',
  path: '/password-strength',
  summary: 'How hard a password is to guess, before it is chosen.',
  topic,
  who: 'anybody',
  allowance: { burst: 40, perMs: MINUTE },
  body: z.strictObject({
    password: z.string().max(1000),
    about: z.array(z.string().max(254)).max(5).default([]).meta({
      description: 'what a guesser would know: name, email, workspace',
    }),
  }),
  answer: z.object({
    score: z.int().min(0).max(4),
    isEnough: z.boolean(),
  }),
  async handle({ body }) {
    const score = strengthOf(body.password, body.about);
    return { score, isEnough: score >= ENOUGH };
  },
});
