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

export const strangers = {
  nobody: 401,
  contact: 401,
  'other contact': 401,
  'contact elsewhere': 401,
} as const;
const above = { supervisor: 'sees', admin: 'sees', owner: 'sees' } as const;

/** Seeing a conversation: who serves its inbox, and supervisors. */
export const ofTheInbox = {
  ...strangers,
  'owner elsewhere': 404,
  'agent without the inbox': 404,
  'in a team elsewhere': 404,
  'in a team that serves it': 'sees',
  colleague: 'sees',
  agent: 'sees',
  ...above,
} as const;

/** The same of what is a part: who sees none of it gets their own. */
export const ownWhereUnseen = {
  ...ofTheInbox,
  'owner elsewhere': 'own',
  'agent without the inbox': 'own',
  'in a team elsewhere': 'own',
} as const;

/** Who has it, and supervisors; a colleague is told so. */
export const ofTheAssignee = {
  ...ofTheInbox,
  'in a team that serves it': 409,
  colleague: 409,
} as const;

/** R-1.9: only who is in it; a supervisor too would have to join. */
export const ofThoseInIt = { ...ofTheAssignee, supervisor: 409, admin: 409, owner: 409 } as const;

/** Every agent of the workspace; those of another get their own. */
export const ofTheWorkspace = {
  ...strangers,
  'owner elsewhere': 'own',
  'agent without the inbox': 'sees',
  'in a team elsewhere': 'sees',
  'in a team that serves it': 'sees',
  colleague: 'sees',
  agent: 'sees',
  ...above,
} as const;

export const ofAdmins = {
  ...strangers,
  'owner elsewhere': 404,
  'agent without the inbox': 403,
  'in a team elsewhere': 403,
  'in a team that serves it': 403,
  colleague: 403,
  agent: 403,
  supervisor: 403,
  admin: 'sees',
  owner: 'sees',
} as const;

export const ofThemselves = {
  ...strangers,
  'owner elsewhere': 'own',
  'agent without the inbox': 'own',
  'in a team elsewhere': 'own',
  'in a team that serves it': 'own',
  colleague: 'own',
  agent: 'own',
  supervisor: 'own',
  admin: 'own',
  owner: 'own',
} as const;

export const ofAnybody = {
  ...ofThemselves,
  nobody: 'own',
  contact: 'own',
  'other contact': 'own',
  'contact elsewhere': 'own',
} as const;

const noContact = {
  'owner elsewhere': 401,
  'agent without the inbox': 401,
  'in a team elsewhere': 401,
  'in a team that serves it': 401,
  colleague: 401,
  agent: 401,
  supervisor: 401,
  admin: 401,
  owner: 401,
} as const;

export const ofTheContact = {
  nobody: 401,
  contact: 'sees',
  'other contact': 404,
  'contact elsewhere': 404,
  ...noContact,
} as const;

export const ofEachContact = {
  ...ofTheContact,
  'other contact': 'own',
  'contact elsewhere': 'own',
} as const;

/** What is Ann's alone, such as her session, or the job that she began. */
export const ofAnn = {
  ...strangers,
  'owner elsewhere': 404,
  'agent without the inbox': 404,
  'in a team elsewhere': 404,
  'in a team that serves it': 404,
  colleague: 404,
  agent: 'sees',
  supervisor: 404,
  admin: 404,
  owner: 404,
} as const;

let count = 0;
export const aSecret = () => `secret-${++count}-`;

/** A conversation that waits in the queue; its message holds the secret. */
/** What Ann does to one of many, done. */
export async function flagged(world: World): Promise<Asked & { params: { jobId: string } }> {
  const { own, params } = await queued(world);
  const response = await world.request(world.ann, '/bulk-jobs', {
    method: 'POST',
    body: {
      action: { do: 'flag' },
      conversations: { conversationIds: [params.conversationId] },
    },
  });
  const { job } = (await response.json()) as { job: { id: string } };
  await world.server.engine.bulk.run();
  return { own, params: { jobId: job.id } };
}

export async function queued(
  world: World,
): Promise<Asked & { params: { conversationId: string } }> {
  const [own, secret] = [world.newVisitor(), aSecret()];
  const conversationId = await world.write(own, `${secret} please`);
  return { own, secret, params: { conversationId } };
}

/** The contact of one in the queue. */
export async function known(world: World): Promise<Asked> {
  const { own } = await queued(world);
  return { own, params: { contactId: own.contactId }, secret: own.contactId };
}

/** One that Ann has. */
async function taken(world: World) {
  const asked = await queued(world);
  await world.act(world.ann, 'conversation.accept', asked.params);
  return asked;
}

export async function takenWithoutSecret(world: World): Promise<Asked> {
  const { own, params } = await taken(world);
  return { own, params };
}

export async function pending(world: World): Promise<Asked> {
  const asked = await takenWithoutSecret(world);
  await world.act(world.ann, 'conversation.mark-pending', asked.params ?? {});
  return asked;
}

export async function closed(world: World): Promise<Asked> {
  const asked = await takenWithoutSecret(world);
  await world.act(world.ann, 'conversation.close', asked.params ?? {});
  return asked;
}

export const alone = async (world: World): Promise<Asked> => ({ own: world.newVisitor() });

/** Somebody who has just entered. */
export async function newAgent(world: World): Promise<Asked> {
  const [agentId, userId] = [newId(Date.now()), newId(Date.now())];
  const { workspaceId } = world;
  await world.act({ workspaceId, actor: SYSTEM }, 'agent.add', {
    ...{ agentId, userId, name: 'Nell', email: `${agentId}@example.org`, role: 'agent' },
  });
  return { own: world.newVisitor(), params: { agentId } };
}

/** A team without members or inboxes, and whom and what one could join to it. */
export async function newTeam(world: World): Promise<Asked & { params: Record<string, string> }> {
  const { workspaceId } = world;
  const { answer } = await world.act({ workspaceId, actor: SYSTEM }, 'team.create', {
    name: 'New',
  });
  const params = {
    teamId: String(answer.teamId),
    agentId: world.ann.agentId,
    inboxId: world.wholesale.id,
  };
  return { own: world.newVisitor(), params };
}

export const byOlga = (world: World) => ({
  workspaceId: world.workspaceId,
  by: world.olga.agentId,
  email: null,
  role: 'agent' as const,
});

export async function pendingInvitation(world: World): Promise<Asked> {
  const { id } = await world.server.engine.signIn.invitations.invite(byOlga(world));
  return { own: world.newVisitor(), params: { invitationId: id } };
}

/** Of somebody new, because all their sessions end. */
export async function withReset(world: World): Promise<Asked> {
  const { token } = await world.server.engine.signIn.invitations.invite(byOlga(world));
  const email = `${aSecret()}@example.org`;
  const password = 'tulip-gravel-ninety-lantern';
  await world.server.engine.signIn.accept({ token, name: 'Nell', email, password, userAgent: '' });
  const made = await issuePasswordReset(world.server.engine.pool, email);
  return { own: world.newVisitor(), params: { token: made?.path.split('/').at(-1) ?? '' } };
}

/** Which of somebody's sessions this token's is. */
export async function sessionOf(world: World, token: string): Promise<string> {
  const all = await world.server.engine.signIn.listSessions(token);
  return all.find(({ isThis }) => isThis)?.id ?? '';
}

/** A line in Ann's bell. */
export async function noticed(world: World): Promise<Asked> {
  const { own, params } = await queued(world);
  const noticeId = newId(Date.now());
  await world.server.engine.pool`
    insert into notices (workspace_id, agent_id, id, kind, conversation_id, seq, at, position, is_kept)
    values (${world.workspaceId}, ${world.ann.agentId}, ${noticeId}, 'assigned', ${params.conversationId}, 1, ${Date.now()}, 1, true)`;
  return { own, params: { noticeId } };
}

/** The only browser in which Ann let herself be pushed to. */
export async function pushDevice(world: World): Promise<Asked> {
  const deviceId = newId(Date.now());
  await world.server.engine.pool`delete from push_devices where agent_id = ${world.ann.agentId}`;
  await world.server.engine.pool`
    insert into push_devices (workspace_id, agent_id, id, session, endpoint, keys, user_agent, language, added_at, used_at)
    select workspace_id, ${world.ann.agentId}, ${deviceId}, token_hash, ${`https://push.example.org/${aSecret()}`}, '{}', '', 'en', 1, 1
    from sessions where user_id = ${world.ann.userId} limit 1`;
  return { own: world.newVisitor(), params: { deviceId } };
}

export async function withInvitation(world: World): Promise<Asked> {
  const { token } = await world.server.engine.signIn.invitations.invite(byOlga(world));
  return { own: world.newVisitor(), params: { token } };
}

/** A workspace that Olga alone is in. */
export async function anotherWorkspace(world: World): Promise<string> {
  const made = await world.server.engine.signIn.workspaces.create(world.olga, 'Another');
  return 'code' in made ? '' : made.workspaceId;
}

export async function newLabel(world: World): Promise<{ labelId: string; name: string }> {
  const name = aSecret();
  const { answer } = await world.act(world.adam, 'label.create', { name, color: '#b45309' });
  return { labelId: String(answer.labelId), name };
}

export async function ofALabel(world: World) {
  return { own: world.newVisitor(), params: { labelId: (await newLabel(world)).labelId } };
}
