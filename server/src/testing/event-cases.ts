import { type EventKind, events } from '@deskbell/contract';
import { newId } from '../platform/ids.ts';
import { readHead } from '../platform/log/log.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import { turnClock } from './clock.ts';
import type { Visitor, World } from './world.ts';

/** Those who listen while an event happens, by how they stand to it. */
export const listeners = [
  'agent',
  'colleague',
  'agent without the inbox',
  'in a team elsewhere',
  'in a team that serves it',
  'supervisor',
  'contact',
  'other contact',
  'owner elsewhere',
  'contact elsewhere',
] as const;
export type Listener = (typeof listeners)[number];

/** What an event happens to. */
export interface Scene {
  own: Visitor;
  conversationId: string | null;
  /** The log's position before it happens. */
  position: number;
}

export interface EventCase {
  arrange(world: World): Promise<Scene>;
  /** Makes it happen. Resolves with its position, and a text that is in every frame which tells of it. */
  cause(world: World, scene: Scene): Promise<{ position: number; mark: string }>;
  toldTo: readonly Listener[];
}

const workspace = [
  'agent',
  'colleague',
  'agent without the inbox',
  'in a team elsewhere',
  'in a team that serves it',
  'supervisor',
] as const;
const inbox = ['agent', 'colleague', 'in a team that serves it', 'supervisor'] as const;

let count = 0;
const aName = () => `Unheard-of ${++count}`;

async function positionOf(world: World): Promise<number> {
  return (await readHead(world.server.engine.pool, world.workspaceId)).position;
}

async function empty(world: World): Promise<Scene> {
  return { own: world.newVisitor(), conversationId: null, position: await positionOf(world) };
}

async function queued(world: World): Promise<Scene> {
  const own = world.newVisitor();
  const conversationId = await world.write(own, 'Anybody there?');
  return { own, conversationId, position: await positionOf(world) };
}

/** After these, each done by Ann. */
function after(...kinds: ('accept' | 'mark-pending' | 'close' | 'flag')[]): EventCase['arrange'] {
  return async (world) => {
    const { own, conversationId } = await queued(world);
    for (const kind of kinds)
      await world.act(world.ann, `conversation.${kind}`, { conversationId });
    return { own, conversationId, position: await positionOf(world) };
  };
}

/** Somebody who has just entered, under a name of their own. */
async function newAgent(world: World) {
  const [agentId, userId, name] = [newId(Date.now()), newId(Date.now()), aName()];
  const { position } = await world.act(
    { workspaceId: world.workspaceId, actor: SYSTEM },
    'agent.add',
    { agentId, userId, name, email: `${agentId}@example.org`, role: 'agent' },
  );
  return { agentId, name, position };
}

/** A team without members or inboxes. */
async function newTeam({ act, workspaceId }: World): Promise<string> {
  const { answer } = await act({ workspaceId, actor: SYSTEM }, 'team.create', { name: aName() });
  return String(answer.teamId);
}

/** Something that Ann (or Ben) does to the conversation. */
function done(
  kind:
    | 'accept'
    | 'join'
    | 'leave'
    | 'unassign'
    | 'flag'
    | 'unflag'
    | 'mark-pending'
    | 'mark-open'
    | 'close'
    | 'reopen',
  by: 'ann' | 'ben' = 'ann',
): EventCase['cause'] {
  return async (world, { conversationId }) => {
    const { position } = await world.act(world[by], `conversation.${kind}`, { conversationId });
    return { position, mark: String(conversationId) };
  };
}

/** The agents of the inbox, and the contact where the contract says so. */
const ofConversation = (kind: EventKind): Listener[] =>
  events[kind].contact ? [...inbox, 'contact'] : [...inbox];

const conversationCase = (
  kind: EventKind,
  arrange: EventCase['arrange'],
  cause: EventCase['cause'],
): EventCase => ({ arrange, cause, toldTo: ofConversation(kind) });

/** Every kind of event, made to happen. A kind without a case doesn't compile. */
export const eventCases: Record<EventKind, EventCase> = {
  'workspace.changed': {
    arrange: empty,
    async cause(world) {
      const name = aName();
      const { position } = await world.act(world.adam, 'workspace.change', { name });
      return { position, mark: name };
    },
    toldTo: workspace,
  },
  'workspace.settings-changed': {
    arrange: empty,
    async cause(world) {
      const reopenWithinMs = ++count;
      const input = { reopenWithinMs };
      const { position } = await world.act(world.adam, 'workspace.change-settings', input);
      return { position, mark: `"reopenWithinMs":${reopenWithinMs},` };
    },
    toldTo: workspace,
  },
  'agent.added': {
    arrange: empty,
    async cause(world) {
      const { position, name } = await newAgent(world);
      return { position, mark: name };
    },
    toldTo: workspace,
  },
  'agent.changed': {
    arrange: empty,
    async cause(world) {
      const name = aName();
      const { position } = await world.act(world.ben, 'agent.rename', { name });
      return { position, mark: name };
    },
    toldTo: workspace,
  },
  'agent.availability-changed': {
    arrange: empty,
    async cause(world) {
      // The time it changed stands in every frame that tells of it.
      const { pool } = world.server.engine;
      const { agentId } = world.ben;
      const away = { availability: 'away' };
      const { position } = await world.act(world.ben, 'agent.set-availability', away);
      const [row] = await pool<{ at: number }[]>`
        select availability_at as at from agents where id = ${agentId}`;
      await world.act(world.ben, 'agent.set-availability', { availability: 'online' });
      return { position, mark: `"availabilityAt":${row?.at}` };
    },
    toldTo: workspace,
  },
  'agent.deactivated': {
    arrange: empty,
    async cause(world) {
      const { agentId, name } = await newAgent(world);
      const { position } = await world.act(world.adam, 'agent.deactivate', { agentId });
      return { position, mark: name };
    },
    toldTo: workspace,
  },
  'agent.reactivated': {
    arrange: empty,
    async cause(world) {
      const { agentId, name } = await newAgent(world);
      await world.act(world.adam, 'agent.deactivate', { agentId });
      const { position } = await world.act(world.adam, 'agent.reactivate', { agentId });
      return { position, mark: name };
    },
    toldTo: workspace,
  },
  'contact.added': {
    arrange: empty,
    async cause(world) {
      const visitor = world.newVisitor();
      await world.write(visitor, 'Hello');
      return { position: await positionOf(world), mark: visitor.contactId };
    },
    toldTo: inbox,
  },
  'contact.changed': {
    arrange: queued,
    async cause(world, { own }) {
      const name = aName();
      const input = { contactId: own.contactId, name };
      const { position } = await world.act(world.ann, 'contact.change', input);
      return { position, mark: name };
    },
    toldTo: inbox,
  },
  'inbox.added': {
    arrange: empty,
    async cause(world) {
      const name = aName();
      const { position } = await world.act(world.adam, 'inbox.create', { name });
      return { position, mark: name };
    },
    toldTo: workspace,
  },
  'inbox.changed': {
    arrange: empty,
    async cause(world) {
      const greeting = aName();
      const input = { inboxId: world.wholesale.id, greeting };
      const { position } = await world.act(world.adam, 'inbox.change', input);
      return { position, mark: greeting };
    },
    toldTo: workspace,
  },
  'inbox.member-added': {
    arrange: empty,
    async cause(world) {
      const input = { inboxId: world.wholesale.id, agentId: world.olga.agentId };
      const { position } = await world.act(world.adam, 'inbox.add-member', input);
      return { position, mark: world.wholesale.id };
    },
    toldTo: workspace,
  },
  'inbox.member-removed': {
    async arrange(world) {
      const input = { inboxId: world.wholesale.id, agentId: world.olga.agentId };
      await world.act(world.adam, 'inbox.add-member', input);
      return empty(world);
    },
    async cause(world) {
      const input = { inboxId: world.wholesale.id, agentId: world.olga.agentId };
      const { position } = await world.act(world.adam, 'inbox.remove-member', input);
      return { position, mark: world.wholesale.id };
    },
    toldTo: workspace,
  },
  'label.added': {
    arrange: empty,
    async cause(world) {
      const name = aName();
      const input = { name, color: '#b45309' };
      const { position } = await world.act(world.adam, 'label.create', input);
      return { position, mark: name };
    },
    toldTo: workspace,
  },
  'team.added': {
    arrange: empty,
    async cause(world) {
      const name = aName();
      const { position } = await world.act(world.adam, 'team.create', { name });
      return { position, mark: name };
    },
    toldTo: workspace,
  },
  'label.changed': {
    arrange: empty,
    async cause(world) {
      const [before, name] = [aName(), aName()];
      const created = await world.act(world.adam, 'label.create', {
        name: before,
        color: '#b45309',
      });
      const input = { labelId: String(created.answer.labelId), name };
      const { position } = await world.act(world.adam, 'label.change', input);
      return { position, mark: name };
    },
    toldTo: workspace,
  },
  'team.changed': {
    arrange: empty,
    async cause(world) {
      const name = aName();
      const input = { teamId: world.sales, name };
      const { position } = await world.act(world.adam, 'team.change', input);
      return { position, mark: name };
    },
    toldTo: workspace,
  },
  'team.deleted': {
    arrange: empty,
    async cause(world) {
      const teamId = await newTeam(world);
      const { position } = await world.act(world.adam, 'team.delete', { teamId });
      return { position, mark: `{"teams":["${teamId}"]}` };
    },
    toldTo: workspace,
  },
  'team.restored': {
    arrange: empty,
    async cause(world) {
      const teamId = await newTeam(world);
      await world.act(world.adam, 'team.delete', { teamId });
      const { position } = await world.act(world.adam, 'team.restore', { teamId });
      return { position, mark: teamId };
    },
    toldTo: workspace,
  },
  'team.member-added': {
    arrange: empty,
    async cause(world) {
      const input = { teamId: await newTeam(world), agentId: world.olga.agentId };
      const { position } = await world.act(world.adam, 'team.add-member', input);
      return { position, mark: `["${world.olga.agentId}"]` };
    },
    toldTo: workspace,
  },
  'team.member-removed': {
    arrange: empty,
    async cause(world) {
      const input = { teamId: await newTeam(world), agentId: world.olga.agentId };
      await world.act(world.adam, 'team.add-member', input);
      const { position } = await world.act(world.adam, 'team.remove-member', input);
      return { position, mark: input.teamId };
    },
    toldTo: workspace,
  },
  'inbox.team-added': {
    arrange: empty,
    async cause(world) {
      const input = { inboxId: world.wholesale.id, teamId: await newTeam(world) };
      const { position } = await world.act(world.adam, 'inbox.add-team', input);
      return { position, mark: `"teamIds":["${input.teamId}"` };
    },
    toldTo: workspace,
  },
  'inbox.team-removed': {
    arrange: empty,
    async cause(world) {
      const input = { inboxId: world.wholesale.id, teamId: await newTeam(world) };
      await world.act(world.adam, 'inbox.add-team', input);
      const { position } = await world.act(world.adam, 'inbox.remove-team', input);
      return { position, mark: world.wholesale.id };
    },
    toldTo: workspace,
  },
  'conversation.opened': conversationCase('conversation.opened', empty, async (world, { own }) => {
    const mark = await world.write(own, 'Hello');
    return { position: await positionOf(world), mark };
  }),
  'conversation.assigned': conversationCase('conversation.assigned', queued, done('accept')),
  'conversation.joined': conversationCase(
    'conversation.joined',
    after('accept'),
    done('join', 'ben'),
  ),
  'conversation.unassigned': conversationCase(
    'conversation.unassigned',
    after('accept'),
    done('unassign'),
  ),
  'conversation.invited': conversationCase(
    'conversation.invited',
    after('accept'),
    async (world, { conversationId }) => {
      const input = { conversationId, agentId: world.ben.agentId };
      const { position } = await world.act(world.ann, 'conversation.add-participant', input);
      return { position, mark: String(conversationId) };
    },
  ),
  'conversation.detached': conversationCase(
    'conversation.detached',
    after('accept'),
    async (world, { conversationId }) => {
      const { workspaceId } = world;
      await turnClock(world.server.engine.pool, workspaceId, 16 * 60_000);
      const input = { conversationId };
      const by = { workspaceId, actor: SYSTEM };
      const { position } = await world.act(by, 'conversation.tick', input);
      return { position, mark: String(conversationId) };
    },
  ),
  'conversation.flagged': conversationCase('conversation.flagged', after('accept'), done('flag')),
  'conversation.unflagged': conversationCase(
    'conversation.unflagged',
    after('accept', 'flag'),
    done('unflag'),
  ),
  'conversation.labelled': conversationCase(
    'conversation.labelled',
    queued,
    async (world, { conversationId }) => {
      const input = { name: aName(), color: '#b45309' };
      const { answer } = await world.act(world.adam, 'label.create', input);
      const { position } = await world.act(world.ann, 'conversation.label', {
        conversationId,
        add: [String(answer.labelId)],
      });
      return { position, mark: String(conversationId) };
    },
  ),
  'conversation.left': conversationCase('conversation.left', after('accept'), done('leave')),
  'conversation.transferred': {
    arrange: after('accept'),
    async cause(world, { conversationId }) {
      const input = { conversationId, teamId: world.sales };
      const { position } = await world.act(world.ann, 'conversation.transfer', input);
      return { position, mark: String(conversationId) };
    },
    // Who saw it through the other team is told that it is gone, who sees it now gets it.
    toldTo: [...inbox, 'in a team elsewhere', 'contact'],
  },
  'conversation.pending': conversationCase(
    'conversation.pending',
    after('accept'),
    done('mark-pending'),
  ),
  'conversation.resumed': conversationCase(
    'conversation.resumed',
    after('accept', 'mark-pending'),
    done('mark-open'),
  ),
  'conversation.closed': conversationCase('conversation.closed', after('accept'), done('close')),
  'conversation.reopened': conversationCase(
    'conversation.reopened',
    after('accept', 'close'),
    done('reopen'),
  ),
  'note.added': conversationCase(
    'note.added',
    after('accept'),
    async (world, { conversationId }) => {
      const input = { conversationId, text: 'Psst' };
      const { position } = await world.act(world.ann, 'note.add', input);
      return { position, mark: String(conversationId) };
    },
  ),
  'message.added': conversationCase(
    'message.added',
    after('accept'),
    async (world, { conversationId }) => {
      const text = aName();
      const { position } = await world.act(world.ann, 'message.send', { conversationId, text });
      return { position, mark: text };
    },
  ),
};
