import { newId } from '../platform/ids.ts';
import type { Asker } from './askers.ts';
import { pictures } from './pictures.ts';
import {
  alone,
  anotherWorkspace,
  aSecret,
  byOlga,
  closed,
  type Fate,
  flagged,
  known,
  newAgent,
  newLabel,
  newTeam,
  noticed,
  ofAdmins,
  ofALabel,
  ofAnn,
  ofAnybody,
  ofEachContact,
  ofTheAssignee,
  ofTheContact,
  ofTheInbox,
  ofThemselves,
  ofTheWorkspace,
  ofThoseInIt,
  ownWhereUnseen,
  pending,
  pendingInvitation,
  pushDevice,
  queued,
  type RouteCase,
  sessionOf,
  strangers,
  takenWithoutSecret,
  withInvitation,
  withReset,
} from './route-arrangements.ts';

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
    fates: ofAnn,
  },
  'POST /me/password': {
    arrange: async (world) => ({
      own: world.newVisitor(),
      // The same again, so that the cast stays signed in.
      body: {
        present: 'tulip-gravel-ninety-lantern',
        password: 'tulip-gravel-ninety-lantern',
        endsOthers: false,
      },
    }),
    fates: ofThemselves,
  },
  'DELETE /me/sessions': { arrange: alone, fates: ofThemselves },
  'GET /me/workspaces': {
    arrange: async (world) => ({ own: world.newVisitor(), secret: world.workspaceId }),
    fates: ofTheWorkspace,
  },
  'PUT /me/workspace': { arrange: alone, fates: ofThemselves },
  'POST /workspaces': {
    arrange: async (world) => ({ own: world.newVisitor(), body: { name: 'Another' } }),
    // Who owns a workspace may make a further one.
    fates: {
      ...strangers,
      'owner elsewhere': 'own',
      'agent without the inbox': 403,
      'in a team elsewhere': 403,
      'in a team that serves it': 403,
      colleague: 403,
      agent: 403,
      supervisor: 403,
      admin: 403,
      owner: 'own',
    },
  },
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
  'POST /invitations/:token/join': {
    // For somebody of the other workspace; all others are there already.
    async arrange(world) {
      const own = world.newVisitor();
      const { elsewhere } = world;
      const { token } = await world.server.engine.signIn.invitations.invite({
        ...byOlga(world),
        workspaceId: await anotherWorkspace(world),
        email: elsewhere.otto.email,
      });
      return { own, params: { token } };
    },
    fates: {
      ...ofThemselves,
      'agent without the inbox': 403,
      'in a team elsewhere': 403,
      'in a team that serves it': 403,
      colleague: 403,
      agent: 403,
      supervisor: 403,
      admin: 403,
      owner: 403,
    },
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
      'in a team elsewhere': 403,
      'in a team that serves it': 403,
      colleague: 403,
      agent: 403,
    },
  },
  'PATCH /workspace': {
    arrange: async (world) => ({ own: world.newVisitor(), body: { name: aSecret() } }),
    fates: { ...ofAdmins, 'owner elsewhere': 'own' },
  },
  'PATCH /workspace/settings': {
    arrange: async (world) => ({ own: world.newVisitor(), body: { reopenWithinMs: 60_000 } }),
    fates: { ...ofAdmins, 'owner elsewhere': 'own' },
  },
  'GET /audit': {
    async arrange(world) {
      const secret = aSecret();
      await world.act(world.adam, 'workspace.change', { name: secret });
      return { own: world.newVisitor(), secret };
    },
    fates: { ...ofAdmins, 'owner elsewhere': 'own' },
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
  'PUT /me/availability': {
    arrange: async (world) => ({ own: world.newVisitor(), body: { availability: 'online' } }),
    fates: ofThemselves,
  },
  'PUT /agents/:agentId/capacity': {
    arrange: async (world) => ({ ...(await newAgent(world)), body: { capacity: 7 } }),
    fates: ofAdmins,
  },
  'GET /me': {
    arrange: async (world) => ({ own: world.newVisitor(), secret: world.ann.agentId }),
    fates: { ...ofThemselves, agent: 'sees' },
  },
  'GET /me/notices': {
    async arrange(world) {
      const asked = await noticed(world);
      return { own: asked.own, secret: asked.params?.noticeId ?? '' };
    },
    fates: { ...ofThemselves, agent: 'sees' },
  },
  'POST /me/notices/read': {
    arrange: async (world) => ({ own: world.newVisitor(), body: {} }),
    fates: ofThemselves,
  },
  'POST /me/notices/shown': {
    async arrange(world) {
      const { own, params } = await noticed(world);
      return { own, body: { ids: [params?.noticeId] } };
    },
    fates: ofThemselves,
  },
  'GET /me/notices/:noticeId': {
    async arrange(world) {
      const asked = await noticed(world);
      return { ...asked, secret: asked.params?.noticeId ?? '' };
    },
    fates: ofAnn,
  },
  'GET /me/alerts': {
    arrange: async (world) => ({ own: world.newVisitor(), secret: world.ann.agentId }),
    fates: { ...ofThemselves, agent: 'sees' },
  },
  'PATCH /me/alerts': {
    arrange: async (world) => ({ own: world.newVisitor(), body: { volume: 40 } }),
    fates: ofThemselves,
  },
  'GET /me/push-devices': {
    async arrange(world) {
      const { own, params } = await pushDevice(world);
      return { own, secret: params?.deviceId ?? '' };
    },
    fates: { ...ofThemselves, agent: 'sees' },
  },
  'PUT /me/push-devices/:deviceId': {
    async arrange(world) {
      const { own, params } = await pushDevice(world);
      const endpoint = `https://push.example.org/${aSecret()}`;
      const keys = { p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) };
      return {
        own,
        params: params ?? {},
        body: { subscription: { endpoint, keys }, language: 'en' },
      };
    },
    fates: ofThemselves,
  },
  'DELETE /me/push-devices/:deviceId': { arrange: pushDevice, fates: ofAnn },
  'POST /me/push-devices/:deviceId/test': {
    // Of the one who may, nothing is sent anywhere: notifications.test.ts has a push service.
    arrange: async (world) => ({ own: world.newVisitor(), params: { deviceId: newId(0) } }),
    fates: { ...ofAnn, agent: 404 },
  },
  'GET /inboxes': {
    arrange: async (world) => ({ own: world.newVisitor(), secret: world.inbox.id }),
    fates: ofTheWorkspace,
  },
  'GET /contacts/:contactId': { arrange: known, fates: ofTheInbox },
  'GET /contacts/:contactId/conversations': { arrange: known, fates: ofTheInbox },
  'GET /agents/loads': {
    async arrange(world) {
      const { own } = await takenWithoutSecret(world);
      return { own, secret: world.ann.agentId };
    },
    fates: ofTheWorkspace,
  },
  'POST /bulk-jobs': {
    async arrange(world) {
      const { own, params } = await queued(world);
      const conversations = { conversationIds: [params.conversationId] };
      // What the cases before have begun is done.
      await world.server.engine.bulk.run();
      return { own, body: { action: { do: 'flag' }, conversations } };
    },
    fates: ofTheInbox,
  },
  'GET /bulk-jobs': {
    async arrange(world) {
      const { own, params } = await flagged(world);
      return { own, secret: params.jobId };
    },
    fates: { ...ofThemselves, agent: 'sees' },
  },
  'GET /bulk-jobs/:jobId': { arrange: flagged, fates: ofAnn },
  'POST /bulk-jobs/:jobId/undo': { arrange: flagged, fates: ofAnn },
  'GET /conversations': {
    arrange: async (world) => ({ ...(await queued(world)), params: {}, query: '?list=open' }),
    fates: ownWhereUnseen,
  },
  'GET /conversations/:conversationId': { arrange: queued, fates: ofTheInbox },
  'GET /conversations/:conversationId/timeline': { arrange: queued, fates: ofTheInbox },
  'GET /counts': {
    arrange: async (world) => {
      const { own } = await queued(world);
      return { own, secret: world.inbox.id };
    },
    fates: ownWhereUnseen,
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
  'POST /conversations/:conversationId/transfer': {
    arrange: async (world) => ({
      ...(await takenWithoutSecret(world)),
      body: { teamId: world.support },
    }),
    fates: ofTheAssignee,
  },
  'POST /conversations/:conversationId/pending': {
    arrange: takenWithoutSecret,
    fates: { ...ofTheAssignee, 'in a team that serves it': 403, colleague: 403 },
  },
  'POST /conversations/:conversationId/open': {
    arrange: pending,
    fates: { ...ofTheAssignee, 'in a team that serves it': 403, colleague: 403 },
  },
  // What others have is closed for a reason, which a supervisor alone may give.
  'POST /conversations/:conversationId/close': {
    arrange: async (world) => ({
      ...(await takenWithoutSecret(world)),
      body: { reason: 'It went on for ever' },
    }),
    fates: ofTheAssignee,
  },
  'POST /conversations/:conversationId/notes': {
    arrange: async (world) => ({ ...(await takenWithoutSecret(world)), body: { text: 'Psst' } }),
    fates: ofTheInbox,
  },
  'POST /conversations/:conversationId/assign': {
    arrange: async (world) => ({
      ...(await takenWithoutSecret(world)),
      body: { agentId: world.ben.agentId },
    }),
    fates: ofTheAssignee,
  },
  'POST /conversations/:conversationId/unassign': {
    arrange: takenWithoutSecret,
    fates: ofTheAssignee,
  },
  'PUT /conversations/:conversationId/participants/:agentId': {
    arrange: async (world) => {
      const { own, params } = await takenWithoutSecret(world);
      return { own, params: { ...params, agentId: world.susan.agentId } };
    },
    fates: ofTheAssignee,
  },
  'PUT /conversations/:conversationId/flag': { arrange: takenWithoutSecret, fates: ofTheAssignee },
  'DELETE /conversations/:conversationId/flag': {
    arrange: takenWithoutSecret,
    fates: ofTheAssignee,
  },
  'POST /conversations/:conversationId/labels': {
    arrange: async (world) => {
      const { labelId } = await newLabel(world);
      return { ...(await takenWithoutSecret(world)), body: { add: [labelId] } };
    },
    fates: ofTheInbox,
  },
  'POST /conversations/:conversationId/reopen': { arrange: closed, fates: ofTheInbox },
  'PATCH /contacts/:contactId': {
    arrange: async (world) => {
      const { own } = await queued(world);
      return { own, params: { contactId: own.contactId }, body: { name: 'Vera' } };
    },
    fates: ofTheInbox,
  },
  'GET /me/profile': {
    async arrange(world) {
      const secret = aSecret();
      await world.act(world.ann, 'agent.change-profile', { signature: secret });
      return { own: world.newVisitor(), secret };
    },
    fates: { ...ofThemselves, agent: 'sees' },
  },
  'PATCH /me/profile': {
    arrange: async (world) => ({ own: world.newVisitor(), body: { languages: ['de'] } }),
    fates: ofThemselves,
  },
  'PATCH /me/preferences': {
    arrange: async (world) => ({ own: world.newVisitor(), body: { theme: 'dark' } }),
    fates: ofThemselves,
  },
  'PUT /me/picture': {
    arrange: async (world) => ({ own: world.newVisitor(), body: { data: pictures.png } }),
    fates: ofThemselves,
  },
  'DELETE /me/picture': { arrange: alone, fates: ofThemselves },
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
  'PUT /inboxes/:inboxId/teams/:teamId': {
    arrange: newTeam,
    fates: ofAdmins,
  },
  'DELETE /inboxes/:inboxId/teams/:teamId': {
    arrange: newTeam,
    fates: ofAdmins,
  },
  'PUT /inboxes/:inboxId/team-rules': {
    arrange: async (world) => ({
      own: world.newVisitor(),
      params: { inboxId: world.wholesale.id },
      body: { teamRules: [{ when: {}, teamId: world.sales }] },
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
  'GET /labels': {
    arrange: async (world) => ({ own: world.newVisitor(), secret: (await newLabel(world)).name }),
    fates: ofTheWorkspace,
  },
  'POST /labels': {
    arrange: async (world) => ({
      own: world.newVisitor(),
      body: { name: aSecret(), color: '#b45309' },
    }),
    fates: { ...ofAdmins, 'owner elsewhere': 'own' },
  },
  'PATCH /labels/:labelId': {
    arrange: async (world) => ({ ...(await ofALabel(world)), body: { color: '#0f766e' } }),
    fates: ofAdmins,
  },
  'DELETE /labels/:labelId': { arrange: ofALabel, fates: ofAdmins },
  'POST /labels/:labelId/restore': {
    async arrange(world) {
      const asked = await ofALabel(world);
      await world.act(world.adam, 'label.delete', asked.params);
      return asked;
    },
    fates: ofAdmins,
  },
  'GET /teams': {
    arrange: async (world) => ({ own: world.newVisitor(), secret: world.support }),
    fates: ofTheWorkspace,
  },
  'POST /teams': {
    arrange: async (world) => ({ own: world.newVisitor(), body: { name: 'Another' } }),
    fates: { ...ofAdmins, 'owner elsewhere': 'own' },
  },
  'PATCH /teams/:teamId': {
    arrange: async (world) => ({ ...(await newTeam(world)), body: { name: 'Renamed' } }),
    fates: ofAdmins,
  },
  'DELETE /teams/:teamId': { arrange: newTeam, fates: ofAdmins },
  'POST /teams/:teamId/restore': { arrange: newTeam, fates: ofAdmins },
  'PUT /teams/:teamId/members/:agentId': { arrange: newTeam, fates: ofAdmins },
  'DELETE /teams/:teamId/members/:agentId': { arrange: newTeam, fates: ofAdmins },
};
