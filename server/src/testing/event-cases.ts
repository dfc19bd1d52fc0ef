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

const workspace = ['agent', 'colleague', 'agent without the inbox', 'supervisor'] as const;
const inbox = ['agent', 'colleague', 'supervisor'] as const;

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
function after(...kinds: ('accept' | 'mark-pending' | 'close')[]): EventCase['arrange'] {
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

/** Something that Ann (or Ben) does to the conversation. */
function done(
  kind: 'accept' | 'join' | 'leave' | 'mark-pending' | 'mark-open' | 'close' | 'reopen',
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
    // No command writes it yet, so another server's hand does.
    async cause(world) {
      await turnClock(world.server.engine.pool, world.workspaceId, 0);
      await world.server.engine.feed.poll();
      return { position: await positionOf(world), mark: 'told to nobody yet' };
    },
    toldTo: [],
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
    toldTo: workspace,
  },
  'contact.changed': {
    arrange: queued,
    async cause(world, { own }) {
      const name = aName();
      const input = { contactId: own.contactId, name };
      const { position } = await world.act(world.ann, 'contact.change', input);
      return { position, mark: name };
    },
    toldTo: workspace,
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
  'conversation.left': conversationCase('conversation.left', after('accept'), done('leave')),
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
