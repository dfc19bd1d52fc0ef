import {
  agentIdSchema,
  emailSchema,
  inboxIdSchema,
  nameSchema,
  type Refusal,
  type Role,
  refuse,
  roleSchema,
  timeSchema,
} from '@deskbell/contract';
import { z } from 'zod';
import { changesSettings, invitesAs } from '../accounts/index.ts';
import { type Asked, type Route, route } from '../platform/http/route.ts';
import { INVITATION_DAYS, invitationRefusals, type Made } from './invitations.ts';
import { presentInvitation } from './present.ts';
import {
  by,
  MINUTE,
  originOf,
  passwordSchema,
  type SignInParts,
  signedInSchema,
  topic,
  welcome,
} from './welcome.routes.ts';

const tokenSchema = z.string().min(1).max(100);
const often = { burst: 60, perMs: 10 * MINUTE };
const ofOne = z.object({ invitationId: z.guid() });
const madeSchema = z.object({
  id: z.string(),
  url: z.string().meta({ description: 'the page of the desk where it is accepted' }),
  token: z.string(),
  expiresAt: timeSchema,
});
const pendingSchema = z.object({
  id: z.string(),
  email: z.string().nullable(),
  role: roleSchema,
  inboxIds: z.array(inboxIdSchema).nullable().meta({ description: 'null: every inbox' }),
  createdBy: agentIdSchema,
  createdAt: timeSchema,
  expiresAt: timeSchema,
  isExpired: z.boolean(),
});

/** Invitations: for admins the list of those pending, for who has a link the way in. */
export function invitationRoutes(parts: SignInParts): Route[] {
  return [...making(parts), ...following(parts)];
}

function making({ signIn: { invitations }, publicUrl }: SignInParts): Route[] {
  const shown = (asked: Asked, made: Made) => ({
    ...made,
    url: `${originOf(asked, publicUrl)}/invitations/${made.token}`,
  });
  /** One of the workspace's pending ones, if this agent could have made it. */
  const access = async ({ party }: Asked<'agent'>, id: string) => {
    if (!changesSettings({ ...party, isActive: true })) return refuse('forbidden');
    const found = (await invitations.pending(party.workspaceId)).find((each) => each.id === id);
    return found ? refusedRole(party, found.role) : refuse('not-found');
  };
  return [
    route({
      method: 'GET',
      path: '/invitations',
      summary: 'Invitations that nobody has used or withdrawn, for admins. Links are not among it.',
      topic,
      who: 'agent',
      answer: z.object({ invitations: z.array(pendingSchema) }),
      refusals: ['forbidden'],
      async handle({ party }) {
        if (!changesSettings({ ...party, isActive: true }))
          return refuse('forbidden', 'Only admins see invitations');
        const pending = await invitations.pending(party.workspaceId);
        return { invitations: pending.map(presentInvitation) };
      },
    }),
    route({
      method: 'POST',
      path: '/invitations',
      summary: 'Invite somebody by a link that can be used once.',
      topic,
      who: 'agent',
      allowance: often,
      body: z.strictObject({
        email: emailSchema.nullish(),
        role: roleSchema,
        inboxIds: z.array(inboxIdSchema).max(200).nullish().meta({
          description: 'which inboxes the newcomer will serve; left out: all',
        }),
        days: z
          .union(INVITATION_DAYS.map((days) => z.literal(days)))
          .optional()
          .meta({ description: 'how long it can be used; left out: 7' }),
      }),
      answer: madeSchema,
      refusals: ['forbidden'],
      async handle(asked) {
        const { party, body } = asked;
        const refused = refusedRole(party, body.role);
        if (refused) return refused;
        const { workspaceId, agentId } = party;
        const { email = null, ...rest } = body;
        return shown(asked, await invitations.invite({ workspaceId, by: agentId, email, ...rest }));
      },
    }),
    route({
      method: 'POST',
      path: '/invitations/:invitationId/link',
      summary:
        'Make another link for a pending invitation, with its whole time again; the link before no longer works.',
      topic,
      who: 'agent',
      allowance: often,
      params: ofOne,
      answer: madeSchema,
      refusals: ['forbidden', 'not-found'],
      async handle(asked) {
        const { party, params } = asked;
        const refused = await access(asked, params.invitationId);
        if (refused) return refused;
        const { workspaceId, agentId } = party;
        const id = params.invitationId;
        const made = await invitations.renew({ workspaceId, id, by: agentId });
        return 'code' in made ? made : shown(asked, made);
      },
    }),
    route({
      method: 'DELETE',
      path: '/invitations/:invitationId',
      summary: 'Withdraw a pending invitation; its link no longer works.',
      topic,
      who: 'agent',
      params: ofOne,
      answer: null,
      refusals: ['forbidden', 'not-found'],
      async handle(asked) {
        const { party, params } = asked;
        const refused = await access(asked, params.invitationId);
        const { workspaceId, agentId } = party;
        const id = params.invitationId;
        return refused ?? invitations.withdraw({ workspaceId, id, by: agentId });
      },
    }),
  ];
}

function following({ signIn, publicUrl }: SignInParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/invitations/:token',
      summary: 'What an invitation is for.',
      topic,
      who: 'anybody',
      allowance: often,
      params: z.object({ token: tokenSchema }),
      answer: z.object({
        workspaceName: z.string(),
        email: z.string().nullable(),
        role: roleSchema,
        expiresAt: timeSchema,
      }),
      refusals: invitationRefusals,
      async handle({ params }) {
        const found = await signIn.invitations.find(params.token);
        if ('code' in found) return found;
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
        ...invitationRefusals,
        'invitation-not-yours',
        'weak-password',
        'wrong-password',
        'already-exists',
        'deactivated',
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

function refusedRole(agent: { role: Role }, role: Role): Refusal | null {
  return invitesAs({ ...agent, isActive: true }, role)
    ? null
    : refuse('forbidden', `You may not invite somebody as ${role}`);
}
