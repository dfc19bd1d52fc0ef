import {
  emailSchema,
  nameSchema,
  type Refusal,
  type Role,
  refuse,
  roleSchema,
  timeSchema,
} from '@deskbell/contract';
import { z } from 'zod';
import { invitesAs } from '../accounts/index.ts';
import { type Asked, type Route, route } from '../platform/http/route.ts';
import { dropSession, keepSession, sessionToken } from '../platform/http/session-cookie.ts';
import { ENOUGH, strengthOf } from './passwords.ts';
import type { SignedIn, SignIn } from './sign-in.ts';

const MINUTE = 60_000;
const topic = 'Signing in';
const passwordSchema = z.string().min(1).max(1000);
const tokenSchema = z.string().min(1).max(100);
const signedInSchema = z.object({
  token: z
    .string()
    .meta({ description: 'for clients that are no browser; a browser has a cookie' }),
  workspaceId: z.string(),
  agentId: z.string(),
});

interface Parts {
  signIn: SignIn;
  /** The address that browsers use, where it is configured. */
  publicUrl: string | undefined;
}

/** First visit, signing in and out, invitations. Who signs in gets a cookie, and the token for clients that are no browser. */
export function signInRoutes(parts: Parts): Route[] {
  return [...firstVisit(parts), ...session(parts), ...invitations(parts), passwordStrength];
}

function firstVisit({ signIn, publicUrl }: Parts): Route[] {
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

function session({ signIn, publicUrl }: Parts): Route[] {
  return [
    route({
      method: 'POST',
      path: '/sign-in',
      summary: 'Sign in with mail address and password.',
      topic,
      who: 'anybody',
      allowance: { burst: 60, perMs: 10 * MINUTE },
      body: z.strictObject({ email: emailSchema, password: passwordSchema }),
      answer: signedInSchema,
      refusals: ['wrong-password', 'no-workspace'],
      handle: async (asked) =>
        welcome(asked, publicUrl, await signIn.signIn({ ...asked.body, ...by(asked) })),
    }),
    route({
      method: 'POST',
      path: '/sign-out',
      summary: 'End this session and its open sockets.',
      topic,
      who: 'anybody',
      answer: null,
      async handle({ request, reply }) {
        const token = sessionToken(request.raw, publicUrl);
        if (token) await signIn.signOut(token);
        dropSession(reply);
        return null;
      },
    }),
  ];
}

function invitations({ signIn, publicUrl }: Parts): Route[] {
  return [
    route({
      method: 'POST',
      path: '/invitations',
      summary: 'Invite somebody by a link that can be used once.',
      topic,
      who: 'agent',
      allowance: { burst: 60, perMs: 10 * MINUTE },
      body: z.strictObject({ email: emailSchema.nullish(), role: roleSchema }),
      answer: z.object({
        url: z.string().meta({ description: 'the page of the desk where it is accepted' }),
        token: z.string(),
        expiresAt: timeSchema,
      }),
      refusals: ['forbidden'],
      async handle(asked) {
        const { party, body } = asked;
        const refused = refusedInvitation(party, body.role);
        if (refused) return refused;
        const { workspaceId, agentId: invitedBy } = party;
        const { role, email = null } = body;
        const made = await signIn.invite({ workspaceId, by: invitedBy, email, role });
        return { ...made, url: `${originOf(asked, publicUrl)}/invitations/${made.token}` };
      },
    }),
    route({
      method: 'GET',
      path: '/invitations/:token',
      summary: 'What an invitation is for.',
      topic,
      who: 'anybody',
      allowance: { burst: 60, perMs: 10 * MINUTE },
      params: z.object({ token: tokenSchema }),
      answer: z.object({
        workspaceName: z.string(),
        email: z.string().nullable(),
        role: roleSchema,
        expiresAt: timeSchema,
      }),
      refusals: ['invitation-spent'],
      async handle({ params }) {
        const found = await signIn.findInvitation(params.token);
        if (!found) return refuse('invitation-spent');
        const { workspaceName, email, role, expiresAt } = found;
        return { workspaceName, email, role, expiresAt };
      },
    }),
    route({
      method: 'POST',
      path: '/invitations/:token',
      summary:
        'Accept an invitation: with a new account, or with the password of the one there is.',
      topic,
      who: 'anybody',
      allowance: { burst: 20, perMs: 10 * MINUTE },
      params: z.object({ token: tokenSchema }),
      body: z.strictObject({ name: nameSchema, email: emailSchema, password: passwordSchema }),
      answer: signedInSchema,
      refusals: [
        'invitation-spent',
        'weak-password',
        'wrong-password',
        'forbidden',
        'already-exists',
      ],
      handle: async (asked) =>
        welcome(
          asked,
          publicUrl,
          await signIn.accept({ ...asked.body, ...asked.params, ...by(asked) }),
        ),
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
      description: 'what a guesser would know: name, mail address, workspace',
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

function refusedInvitation(agent: { role: Role }, role: Role): Refusal | null {
  return invitesAs({ ...agent, isActive: true }, role)
    ? null
    : refuse('forbidden', `You may not invite somebody as ${role}`);
}

const by = ({ request }: Pick<Asked, 'request'>) => ({
  userAgent: request.headers['user-agent'] ?? '',
});

function welcome(
  { reply, request }: Pick<Asked, 'reply' | 'request'>,
  publicUrl: string | undefined,
  result: SignedIn | Refusal,
): SignedIn | Refusal {
  if ('code' in result) return result;
  keepSession(reply, result.token, (publicUrl ?? `${request.protocol}:`).startsWith('https:'));
  const { token, workspaceId, agentId } = result;
  return { token, workspaceId, agentId };
}

const originOf = ({ request }: Pick<Asked, 'request'>, publicUrl: string | undefined) =>
  publicUrl ? new URL(publicUrl).origin : `${request.protocol}://${request.host}`;
