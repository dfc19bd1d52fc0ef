import { agentIdSchema, nameSchema, workspaceIdSchema } from '@deskbell/contract';
import { z } from 'zod';
import { findWorkspacesOf } from '../accounts/index.ts';
import { type Route, route } from '../platform/http/route.ts';
import { sessionToken } from '../platform/http/session-cookie.ts';
import { invitationRefusals } from './invitations.ts';
import { presentJoined, presentWorkspace } from './present.ts';
import { MINUTE, type SignInParts, topic } from './welcome.routes.ts';
import { findIdentity } from './workspaces.sql.ts';

const joinedSchema = z.object({ workspaceId: workspaceIdSchema, agentId: agentIdSchema });

/** One sign-in in several workspaces: which, where one comes in, and a further one. */
export function workspaceRoutes({ pool, signIn, hubs, publicUrl }: SignInParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/me/workspaces',
      summary: 'The workspaces of this sign-in, and how many conversations wait for one in each.',
      topic,
      who: 'agent',
      answer: z.object({
        workspaces: z.array(
          z.object({ id: workspaceIdSchema, name: z.string(), waiting: z.int() }),
        ),
        mayCreate: z.boolean().meta({ description: 'whether one may make a further workspace' }),
      }),
      async handle({ party }) {
        const [identity, mayCreate] = await Promise.all([
          findIdentity(pool, party),
          signIn.workspaces.mayCreate(party),
        ]);
        const all = await findWorkspacesOf(pool, { userId: identity?.userId ?? null });
        const waiting = await Promise.all(
          all.map(async ({ id, agentId }) => (await hubs.of(id)).waitingFor(agentId)),
        );
        return {
          workspaces: all.map((row, index) => presentWorkspace(row, waiting[index] ?? 0)),
          mayCreate,
        };
      },
    }),
    route({
      method: 'PUT',
      path: '/me/workspace',
      summary:
        'From now on one comes in here: after signing in, and with this session where nobody says which workspace.',
      topic,
      who: 'agent',
      answer: null,
      handle: ({ party, request }) =>
        signIn.comeIn(sessionToken(request.raw, publicUrl) ?? '', party),
    }),
    route({
      method: 'POST',
      path: '/workspaces',
      summary: 'Make a further workspace, with a web inbox, and be its owner.',
      topic,
      who: 'agent',
      allowance: { burst: 10, perMs: 10 * MINUTE },
      body: z.strictObject({ name: nameSchema }),
      answer: joinedSchema,
      refusals: ['forbidden'],
      async handle({ party, body }) {
        const made = await signIn.workspaces.create(party, body.name);
        return 'code' in made ? made : presentJoined(made);
      },
    }),
    route({
      method: 'POST',
      path: '/invitations/:token/join',
      summary: 'Accept an invitation as who is signed in, and be an agent of that workspace too.',
      topic,
      who: 'agent',
      allowance: { burst: 20, perMs: 10 * MINUTE },
      params: z.object({ token: z.string().min(1).max(100) }),
      answer: joinedSchema,
      refusals: [...invitationRefusals, 'invitation-not-yours', 'already-exists', 'deactivated'],
      async handle({ party, params }) {
        const joined = await signIn.join(params.token, party);
        return 'code' in joined ? joined : presentJoined(joined);
      },
    }),
  ];
}
