import type { CommandKind } from '@deskbell/contract';
import { newId } from '../platform/ids.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import { turnClock } from './clock.ts';
import type { Visitor, World } from './world.ts';

const DAY_MS = 24 * 3600 * 1000;

/** What a command is done to: somebody new, and their conversation. */
export interface Setting {
  own: Visitor;
  conversationId: string;
}

interface CommandCase {
  /** How the conversation comes to stand before; it begins queued. */
  before?: ('accept' | 'mark-pending' | 'close')[];
  run(world: World, setting: Setting): Promise<unknown>;
}

const byAnn = (kind: CommandKind): CommandCase['run'] => {
  return (world, { conversationId }) => world.act(world.ann, kind, { conversationId });
};

const members = (world: World) => ({
  inboxId: world.inbox.id,
  agentId: world.cara.agentId,
});

const system = ({ workspaceId }: World) => ({ workspaceId, actor: SYSTEM });

async function newAgent(world: World): Promise<string> {
  const [agentId, userId] = [newId(Date.now()), newId(Date.now())];
  const email = `${agentId}@example.org`;
  const nell = { agentId, userId, name: 'Nell', email, role: 'agent' };
  await world.act(system(world), 'agent.add', nell);
  return agentId;
}

/** Every command, done once in a setting of its own. A command without a case doesn't compile. */
export const commandCases: Record<CommandKind, CommandCase> = {
  'message.receive': {
    before: ['accept', 'mark-pending'],
    run: (world, { own }) => world.act(own, 'message.receive', { text: 'I am back' }),
  },
  'message.send': {
    before: ['accept'],
    run: (world, { conversationId }) =>
      world.act(world.ann, 'message.send', { conversationId, text: 'Gladly' }),
  },
  'conversation.start': {
    before: ['accept', 'close'],
    run: (world, { own }) =>
      world.act(world.ann, 'conversation.start', {
        inboxId: world.inbox.id,
        contactId: own.contactId,
        text: 'One more thing',
      }),
  },
  'conversation.accept': { run: byAnn('conversation.accept') },
  'conversation.join': {
    before: ['accept'],
    run: (world, { conversationId }) =>
      world.act(world.ben, 'conversation.join', { conversationId }),
  },
  'conversation.leave': { before: ['accept'], run: byAnn('conversation.leave') },
  'conversation.mark-pending': { before: ['accept'], run: byAnn('conversation.mark-pending') },
  'conversation.mark-open': {
    before: ['accept', 'mark-pending'],
    run: byAnn('conversation.mark-open'),
  },
  'conversation.close': { before: ['accept'], run: byAnn('conversation.close') },
  'conversation.reopen': { before: ['accept', 'close'], run: byAnn('conversation.reopen') },
  'conversation.end': {
    before: ['accept'],
    run: (world, { own }) => world.act(own, 'conversation.end', {}),
  },
  'conversation.tick': {
    before: ['accept', 'mark-pending'],
    async run(world, { conversationId }) {
      const { workspaceId } = world;
      await turnClock(world.server.engine.pool, workspaceId, 2 * DAY_MS);
      await world.act({ workspaceId, actor: SYSTEM }, 'conversation.tick', { conversationId });
    },
  },
  'conversation.release': {
    before: ['accept'],
    async run(world, { conversationId }) {
      const { agentId } = world.ben;
      await world.act(world.ben, 'conversation.join', { conversationId });
      await world.act(world.adam, 'agent.deactivate', { agentId });
      const input = { conversationId, agentId };
      await world.act(system(world), 'conversation.release', input);
      await world.act(world.adam, 'agent.reactivate', { agentId });
    },
  },
  'contact.change': {
    run: (world, { own }) =>
      world.act(world.ann, 'contact.change', { contactId: own.contactId, name: 'Vera' }),
  },
  'agent.add': { run: newAgent },
  'agent.rename': {
    // Who answers has another name from now on, for the contact too.
    before: ['accept'],
    run: (world) => world.act(world.ann, 'agent.rename', { name: `Ann ${newId(Date.now())}` }),
  },
  'agent.change-role': {
    async run(world) {
      const { agentId } = world.cara;
      await world.act(world.adam, 'agent.change-role', { agentId, role: 'supervisor' });
      await world.act(world.adam, 'agent.change-role', { agentId, role: 'agent' });
    },
  },
  'agent.deactivate': {
    async run(world) {
      await world.act(world.adam, 'agent.deactivate', { agentId: await newAgent(world) });
    },
  },
  'agent.reactivate': {
    async run(world) {
      const agentId = await newAgent(world);
      await world.act(world.adam, 'agent.deactivate', { agentId });
      await world.act(world.adam, 'agent.reactivate', { agentId });
    },
  },
  'inbox.create': { run: (world) => world.act(world.adam, 'inbox.create', { name: 'Another' }) },
  'inbox.change': {
    run: (world) =>
      world.act(world.adam, 'inbox.change', { inboxId: world.inbox.id, color: '#00ff00' }),
  },
  'inbox.add-member': {
    run: (world) => world.act(world.adam, 'inbox.add-member', members(world)),
  },
  'inbox.remove-member': {
    async run(world) {
      await world.act(world.adam, 'inbox.add-member', members(world));
      await world.act(world.adam, 'inbox.remove-member', members(world));
    },
  },
};

export async function settingFor(world: World, { before = [] }: CommandCase): Promise<Setting> {
  const own = world.newVisitor();
  const conversationId = await world.write(own, 'Hello');
  for (const kind of before) await world.act(world.ann, `conversation.${kind}`, { conversationId });
  return { own, conversationId };
}
