import { newId } from '../platform/ids.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import { issuePasswordReset } from '../sign-in/index.ts';
import type { Asker } from './askers.ts';
import type { Visitor, World } from './world.ts';

/**
 * What becomes of a request: `sees` (done, and the answer holds the secret where there is one), `own`
 * (done, with what is one's own: the secret isn't in it), or the status of the refusal.
 */
export type Fate = 'sees' | 'own' | 401 | 403 | 404 | 409;

export interface Asked {
  /** Path parameters by name, and a query where there is one. */
  params?: Record<string, string>;
  query?: string;
  body?: object;
  headers?: Record<string, string>;
  /** What nobody may find in their answer who isn't said to see it. */
  secret?: string;
  /** The contact whose conversation it is. */
  own: Visitor;
}

export interface RouteCase {
  /** Makes what the request speaks of, anew for each who asks. */
  arrange(world: World): Promise<Asked>;
  fates: Record<Asker, Fate>;
}

const strangers = {
  nobody: 401,
  contact: 401,
  'other contact': 401,
  'contact elsewhere': 401,
} as const;
const above = { supervisor: 'sees', admin: 'sees', owner: 'sees' } as const;

/** Seeing a conversation: who serves its inbox, and supervisors. */
const ofTheInbox = {
  ...strangers,
  'owner elsewhere': 404,
  'agent without the inbox': 404,
  colleague: 'sees',
  agent: 'sees',
  ...above,
} as const;

/** Who has it, and supervisors; a colleague is told so. */
const ofTheAssignee = { ...ofTheInbox, colleague: 409 } as const;

/** only who is in it; a supervisor too would have to join. */
const ofThoseInIt = { ...ofTheAssignee, supervisor: 409, admin: 409, owner: 409 } as const;

/** Every agent of the workspace; those of another get their own. */
const ofTheWorkspace = {
  ...strangers,
  'owner elsewhere': 'own',
  'agent without the inbox': 'sees',
  colleague: 'sees',
  agent: 'sees',
  ...above,
} as const;

const ofAdmins = {
  ...strangers,
  'owner elsewhere': 404,
  'agent without the inbox': 403,
  colleague: 403,
  agent: 403,
  supervisor: 403,
  admin: 'sees',
  owner: 'sees',
} as const;

const ofThemselves = {
  ...strangers,
  'owner elsewhere': 'own',
  'agent without the inbox': 'own',
  colleague: 'own',
  agent: 'own',
  supervisor: 'own',
  admin: 'own',
  owner: 'own',
} as const;

const ofAnybody = {
  ...ofThemselves,
  nobody: 'own',
  contact: 'own',
  'other contact': 'own',
  'contact elsewhere': 'own',
} as const;

const noContact = {
  'owner elsewhere': 401,
  'agent without the inbox': 401,
  colleague: 401,
  agent: 401,
  supervisor: 401,
  admin: 401,
  owner: 401,
} as const;

const ofTheContact = {
  nobody: 401,
  contact: 'sees',
  'other contact': 404,
  'contact elsewhere': 404,
  ...noContact,
} as const;

const ofEachContact = {
  ...ofTheContact,
  'other contact': 'own',
  'contact elsewhere': 'own',
} as const;

let count = 0;
const aSecret = () => `secret-${++count}-`;

/** A conversation that waits in the queue; its message holds the secret. */
async function queued(world: World): Promise<Asked & { params: { conversationId: string } }> {
  const [own, secret] = [world.newVisitor(), aSecret()];
  const conversationId = await world.write(own, `${secret} please`);
  return { own, secret, params: { conversationId } };
}

/** One that Ann has. */
async function taken(world: World) {
  const asked = await queued(world);
  await world.act(world.ann, 'conversation.accept', asked.params);
  return asked;
}

async function takenWithoutSecret(world: World): Promise<Asked> {
  const { own, params } = await taken(world);
  return { own, params };
}

async function pending(world: World): Promise<Asked> {
  const asked = await takenWithoutSecret(world);
  await world.act(world.ann, 'conversation.mark-pending', asked.params ?? {});
  return asked;
}

async function closed(world: World): Promise<Asked> {
  const asked = await takenWithoutSecret(world);
  await world.act(world.ann, 'conversation.close', asked.params ?? {});
  return asked;
}

const alone = async (world: World): Promise<Asked> => ({ own: world.newVisitor() });

/** Somebody who has just entered. */
async function newAgent(world: World): Promise<Asked> {
  const [agentId, userId] = [newId(Date.now()), newId(Date.now())];
  const { workspaceId } = world;
  await world.act({ workspaceId, actor: SYSTEM }, 'agent.add', {
    ...{ agentId, userId, name: 'Nell', email: `${agentId}@example.org`, role: 'agent' },
  });
  return { own: world.newVisitor(), params: { agentId } };
}

const byOlga = (world: World) => ({
  workspaceId: world.workspaceId,
  by: world.olga.agentId,
  email: null,
  role: 'agent' as const,
});

async function pendingInvitation(world: World): Promise<Asked> {
  const { id } = await world.server.engine.signIn.invitations.invite(byOlga(world));
  return { own: world.newVisitor(), params: { invitationId: id } };
}

/** Of somebody new, because all their sessions end. */
async function withReset(world: World): Promise<Asked> {
  const { token } = await world.server.engine.signIn.invitations.invite(byOlga(world));
  const email = `${aSecret()}@example.org`;
  const password = 'tulip-gravel-ninety-lantern';
  await world.server.engine.signIn.accept({ token, name: 'Nell', email, password, userAgent: '' });
  const made = await issuePasswordReset(world.server.engine.pool, email);
  return { own: world.newVisitor(), params: { token: made?.path.split('/').at(-1) ?? '' } };
}

/** Which of somebody's sessions this token's is. */
async function sessionOf(world: World, token: string): Promise<string> {
  const all = await world.server.engine.signIn.listSessions(token);
  return all.find(({ isThis }) => isThis)?.id ?? '';
}

async function withInvitation(world: World): Promise<Asked> {
  const { token } = await world.server.engine.signIn.invitations.invite(byOlga(world));
  return { own: world.newVisitor(), params: { token } };
}

/** Of every route, who gets through. A route without a line here turns the test red. */
export const routeCases: Record<string, RouteCase> = {
  'GET /setup': { arrange: alone, fates: ofAnybody },
  'POST /setup': {
    arrange: async (world) => ({
      own: world.newVisitor(),
      body: {
        workspaceName: 'Mine',
        name: 'Eve',
        email: 'eve@example.org',
        password: 'tulip-gravel-ninety-lantern',
      },
    }),
    // Somebody has been here before.
    fates: Object.fromEntries(Object.keys(ofAnybody).map((asker) => [asker, 409])) as Record<
      Asker,
      Fate
    >,
  },
  'POST /sign-in': {
    arrange: async (world) => ({
      own: world.newVisitor(),
      body: { email: world.ben.email, password: 'tulip-gravel-ninety-lantern' },
    }),
    fates: ofAnybody,
  },
  'POST /sign-out': {
    // By a token that is nobody's, so that the cast stays signed in; the sign-in tests end real ones.
    arrange: async (world) => ({
      own: world.newVisitor(),
      headers: { authorization: 'Bearer none' },
    }),
    fates: ofAnybody,
  },
  'GET /me/sessions': {
    arrange: async (world) => ({
      own: world.newVisitor(),
      secret: await sessionOf(world, world.ann.token),
    }),
    fates: { ...ofThemselves, agent: 'sees' },
  },
  'DELETE /me/sessions/:sessionId': {
    // A second one of Ann's.
    async arrange(world) {
      const response = await world.request(null, '/sign-in', {
        method: 'POST',
        body: { email: world.ann.email, password: 'tulip-gravel-ninety-lantern' },
      });
      const { token } = (await response.json()) as { token: string };
      const sessionId = await sessionOf(world, token);
      return { own: world.newVisitor(), params: { sessionId } };
    },
    fates: {
      ...strangers,
      'owner elsewhere': 404,
      'agent without the inbox': 404,
      colleague: 404,
      agent: 'sees',
      supervisor: 404,
      admin: 404,
      owner: 404,
    },
  },
  'DELETE /me/sessions': { arrange: alone, fates: ofThemselves },
  'DELETE /agents/:agentId/sessions': { arrange: newAgent, fates: ofAdmins },
  'GET /invitations': {
    async arrange(world) {
      const email = `${aSecret()}@example.org`;
      await world.server.engine.signIn.invitations.invite({ ...byOlga(world), email });
      return { own: world.newVisitor(), secret: email };
    },
    fates: { ...ofAdmins, 'owner elsewhere': 'own' },
  },
  'POST /invitations/:invitationId/link': { arrange: pendingInvitation, fates: ofAdmins },
  'DELETE /invitations/:invitationId': { arrange: pendingInvitation, fates: ofAdmins },
  'GET /invitations/:token': { arrange: withInvitation, fates: ofAnybody },
  'POST /invitations': {
    arrange: async (world) => ({ own: world.newVisitor(), body: { role: 'agent' } }),
    fates: { ...ofAdmins, 'owner elsewhere': 'own', admin: 'own', owner: 'own' },
  },
  'POST /invitations/:token': {
    arrange: async (world) => ({
      ...(await withInvitation(world)),
      body: {
        name: 'Nell',
        email: `${aSecret()}@example.org`,
        password: 'tulip-gravel-ninety-lantern',
      },
    }),
    fates: ofAnybody,
  },
  'POST /password-strength': {
    arrange: async (world) => ({ own: world.newVisitor(), body: { password: 'x' } }),
    fates: ofAnybody,
  },
  'GET /password-resets': { arrange: alone, fates: ofAnybody },
  'POST /password-resets': {
    arrange: async (world) => ({ own: world.newVisitor(), body: { email: world.ann.email } }),
    // No mail is sent from there.
    fates: Object.fromEntries(Object.keys(ofAnybody).map((asker) => [asker, 409])) as Record<
      Asker,
      Fate
    >,
  },
  'GET /password-resets/:token': { arrange: withReset, fates: ofAnybody },
  'POST /password-resets/:token': {
    arrange: async (world) => ({
      ...(await withReset(world)),
      body: { password: 'tulip-gravel-ninety-lantern' },
    }),
    fates: ofAnybody,
  },
  'GET /openapi.json': { arrange: alone, fates: ofAnybody },
  'GET /agents': {
    arrange: async (world) => ({ own: world.newVisitor(), secret: world.ann.agentId }),
    fates: ofTheWorkspace,
  },
  'GET /agents/last-seen': {
    arrange: alone,
    fates: {
      ...ofTheWorkspace,
      'owner elsewhere': 'own',
      'agent without the inbox': 403,
      colleague: 403,
      agent: 403,
    },
  },
  'PATCH /agents/:agentId': {
    arrange: async (world) => ({ ...(await newAgent(world)), body: { role: 'supervisor' } }),
    fates: ofAdmins,
  },
  'POST /agents/:agentId/deactivate': { arrange: newAgent, fates: ofAdmins },
  'POST /agents/:agentId/reactivate': {
    async arrange(world) {
      const asked = await newAgent(world);
      await world.act(world.olga, 'agent.deactivate', asked.params ?? {});
      return asked;
    },
    fates: ofAdmins,
  },
  'GET /me': {
    arrange: async (world) => ({ own: world.newVisitor(), secret: world.ann.agentId }),
    fates: { ...ofThemselves, agent: 'sees' },
  },
  'GET /inboxes': {
    arrange: async (world) => ({ own: world.newVisitor(), secret: world.inbox.id }),
    fates: ofTheWorkspace,
  },
  'GET /contacts/:contactId': {
    arrange: async (world) => {
      const { own } = await queued(world);
      return { own, params: { contactId: own.contactId }, secret: own.contactId };
    },
    fates: { ...ofTheWorkspace, 'owner elsewhere': 404 },
  },
  'GET /conversations': {
    arrange: async (world) => ({ ...(await queued(world)), params: {}, query: '?list=open' }),
    fates: { ...ofTheInbox, 'owner elsewhere': 'own', 'agent without the inbox': 'own' },
  },
  'GET /conversations/:conversationId': { arrange: queued, fates: ofTheInbox },
  'GET /conversations/:conversationId/timeline': { arrange: queued, fates: ofTheInbox },
  'GET /counts': {
    arrange: async (world) => {
      const { own } = await queued(world);
      return { own, secret: world.inbox.id };
    },
    fates: { ...ofTheInbox, 'owner elsewhere': 'own', 'agent without the inbox': 'own' },
  },
  'GET /widget/site': {
    arrange: async (world) => ({ own: world.newVisitor(), query: `?inbox=${world.inbox.key}` }),
    fates: ofAnybody,
  },
  'GET /widget/conversations': {
    arrange: async (world) => {
      const { own, params } = await queued(world);
      return { own, secret: params.conversationId };
    },
    fates: ofEachContact,
  },
  'GET /widget/conversations/:conversationId/timeline': { arrange: queued, fates: ofTheContact },
  'POST /widget/messages': {
    arrange: async (world) => {
      const { own, params } = await queued(world);
      return { own, secret: params.conversationId, body: { text: 'One more thing' } };
    },
    fates: ofEachContact,
  },
  'POST /widget/end': {
    arrange: async (world) => {
      await world.write(world.walt, 'Mine');
      await world.write(world.elsewhere.wanda, 'Mine too');
      return { own: (await queued(world)).own };
    },
    fates: ofEachContact,
  },
  'POST /conversations/:conversationId/messages': {
    arrange: async (world) => ({ ...(await takenWithoutSecret(world)), body: { text: 'Gladly' } }),
    fates: ofThoseInIt,
  },
  'POST /conversations': {
    arrange: async (world) => {
      const { own } = await closed(world);
      return { own, body: { inboxId: world.inbox.id, contactId: own.contactId, text: 'Hello' } };
    },
    fates: ofTheInbox,
  },
  'POST /conversations/:conversationId/accept': {
    arrange: async (world) => {
      const { own, params } = await queued(world);
      return { own, params };
    },
    fates: ofTheInbox,
  },
  'POST /conversations/:conversationId/join': {
    arrange: takenWithoutSecret,
    fates: { ...ofTheInbox, agent: 409 },
  },
  'POST /conversations/:conversationId/leave': { arrange: takenWithoutSecret, fates: ofThoseInIt },
  'POST /conversations/:conversationId/pending': {
    arrange: takenWithoutSecret,
    fates: { ...ofTheAssignee, colleague: 403 },
  },
  'POST /conversations/:conversationId/open': {
    arrange: pending,
    fates: { ...ofTheAssignee, colleague: 403 },
  },
  'POST /conversations/:conversationId/close': {
    arrange: takenWithoutSecret,
    fates: ofTheAssignee,
  },
  'POST /conversations/:conversationId/reopen': { arrange: closed, fates: ofTheInbox },
  'PATCH /contacts/:contactId': {
    arrange: async (world) => {
      const { own } = await queued(world);
      return { own, params: { contactId: own.contactId }, body: { name: 'Vera' } };
    },
    fates: { ...ofTheWorkspace, 'owner elsewhere': 404 },
  },
  'PATCH /me': {
    arrange: async (world) => ({ own: world.newVisitor(), body: { name: 'Somebody' } }),
    fates: ofThemselves,
  },
  'POST /inboxes': {
    arrange: async (world) => ({ own: world.newVisitor(), body: { name: 'Another' } }),
    fates: { ...ofAdmins, 'owner elsewhere': 'own' },
  },
  'GET /inboxes/:inboxId/sightings': {
    arrange: async (world) => ({
      own: world.newVisitor(),
      params: { inboxId: world.wholesale.id },
    }),
    fates: ofAdmins,
  },
  'PATCH /inboxes/:inboxId': {
    arrange: async (world) => ({
      own: world.newVisitor(),
      params: { inboxId: world.wholesale.id },
      body: { greeting: 'Good day' },
    }),
    fates: ofAdmins,
  },
  'PUT /inboxes/:inboxId/members/:agentId': {
    arrange: async (world) => ({
      own: world.newVisitor(),
      params: { inboxId: world.wholesale.id, agentId: world.ann.agentId },
    }),
    fates: ofAdmins,
  },
  'DELETE /inboxes/:inboxId/members/:agentId': {
    arrange: async (world) => ({
      own: world.newVisitor(),
      params: { inboxId: world.wholesale.id, agentId: world.ann.agentId },
    }),
    fates: ofAdmins,
  },
};
