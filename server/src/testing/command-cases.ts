import type { CommandKind } from '@deskbell/contract';
import { newId } from '../platform/ids.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import { disconnectDesks, turnClock } from './clock.ts';
import type { Person, Visitor, World } from './world.ts';

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

/** A label that nothing else bears the name of. */
async function newLabel(world: World): Promise<{ labelId: string }> {
  const input = { name: newId(Date.now()), color: '#b45309' };
  const { answer } = await world.act(world.adam, 'label.create', input);
  return { labelId: String(answer.labelId) };
}

async function goOffline(world: World, conversations: 'keep' | 'queue'): Promise<void> {
  await world.act(world.ann, 'agent.set-availability', { availability: 'offline', conversations });
}

/** What the system does to somebody online whose desks are gone. */
async function withoutDesks(world: World, person: Person, kind: CommandKind): Promise<void> {
  const { agentId } = person;
  await world.act(person, 'agent.set-availability', { availability: 'online' });
  await disconnectDesks(world.server.engine.pool, agentId);
  await world.act(system(world), kind, { agentId });
}

async function newAgent(world: World): Promise<string> {
  const [agentId, userId] = [newId(Date.now()), newId(Date.now())];
  const email = `${agentId}@example.org`;
  const nell = { agentId, userId, name: 'Nell', email, role: 'agent' };
  await world.act(system(world), 'agent.add', nell);
  return agentId;
}

async function newTeam(world: World, { agentId }: { agentId: string }) {
  const { answer } = await world.act(system(world), 'team.create', { name: 'New' });
  const teamId = String(answer.teamId);
  await world.act(system(world), 'team.add-member', { teamId, agentId });
  return { teamId };
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
  'note.add': {
    before: ['accept'],
    run: (world, { conversationId }) =>
      world.act(world.ann, 'note.add', { conversationId, text: 'She is in a hurry' }),
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
  'conversation.assign': {
    before: ['accept'],
    async run(world, { conversationId }) {
      const input = { conversationId, agentId: world.ben.agentId, note: 'She is in a hurry' };
      await world.act(world.ann, 'conversation.assign', input);
    },
  },
  'conversation.unassign': { before: ['accept'], run: byAnn('conversation.unassign') },
  'conversation.add-participant': {
    before: ['accept'],
    run: (world, { conversationId }) =>
      world.act(world.ann, 'conversation.add-participant', {
        conversationId,
        agentId: world.ben.agentId,
      }),
  },
  'conversation.flag': { before: ['accept'], run: byAnn('conversation.flag') },
  'conversation.unflag': {
    before: ['accept'],
    async run(world, { conversationId }) {
      await world.act(world.ann, 'conversation.flag', { conversationId });
      await world.act(world.ann, 'conversation.unflag', { conversationId });
    },
  },
  'conversation.label': {
    async run(world, { conversationId }) {
      const { labelId } = await newLabel(world);
      await world.act(world.ann, 'conversation.label', { conversationId, add: [labelId] });
    },
  },
  'conversation.transfer': {
    // Ann serves the inbox and sees it there still; Tess loses it, Tom gets it.
    before: ['accept'],
    run: (world, { conversationId }) =>
      world.act(world.ann, 'conversation.transfer', { conversationId, teamId: world.sales }),
  },
  'conversation.lose-team': {
    async run(world, { conversationId }) {
      const { teamId } = await newTeam(world, world.tom);
      await world.act(world.ann, 'conversation.transfer', { conversationId, teamId });
      await world.act(world.adam, 'team.delete', { teamId });
      await world.act(system(world), 'conversation.lose-team', { conversationId });
    },
  },
  'conversation.regain-team': {
    async run(world, { conversationId }) {
      const { teamId } = await newTeam(world, world.tom);
      await world.act(world.ann, 'conversation.transfer', { conversationId, teamId });
      await world.act(world.adam, 'team.delete', { teamId });
      await world.act(system(world), 'conversation.lose-team', { conversationId });
      await world.act(world.adam, 'team.restore', { teamId });
      // By whoever is first: this one, or the reader.
      const [row] = await world.server.engine
        .pool`select seq from conversations where id = ${conversationId}`;
      const input = { conversationId, teamId, seq: Number(row?.seq) };
      await world.act(system(world), 'conversation.regain-team', input);
    },
  },
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
  'conversation.put-back': {
    before: ['accept'],
    async run(world, { conversationId }) {
      const { pool } = world.server.engine;
      const [before] = await pool<{ seq: number; queuedAt: number | null }[]>`
        select seq, queued_at as "queuedAt" from conversations where id = ${conversationId}`;
      await world.act(world.ann, 'conversation.close', { conversationId });
      const { agentId } = world.ann;
      const stood = { status: 'open', assigneeId: agentId, participants: [], pendingAt: null };
      const empty = { preferredAgentId: null, avoidedAgentId: null, waitingSince: null };
      await world.act(system(world), 'conversation.put-back', {
        ...{ conversationId, agentId },
        before: { ...before, ...stood, ...empty, isQueuedInFront: false },
      });
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
  'agent.change-profile': {
    run: (world) =>
      world.act(world.ann, 'agent.change-profile', {
        languages: ['en', 'pt-BR'],
        signature: 'Ann',
      }),
  },
  'agent.change-picture': {
    // Who answers has another face from now on, for the contact too.
    before: ['accept'],
    run: (world) => {
      const input = { agentId: world.ann.agentId, picture: newId(Date.now()) };
      return world.act(system(world), 'agent.change-picture', input);
    },
  },
  'agent.set-availability': {
    before: ['accept'],
    async run(world) {
      await goOffline(world, 'queue');
      await world.act(world.ann, 'agent.set-availability', { availability: 'online' });
    },
  },
  'agent.sign-in': {
    async run(world) {
      const input = { agentId: world.adam.agentId };
      await withoutDesks(world, world.adam, 'agent.sign-out');
      await world.act(system(world), 'agent.sign-in', input);
    },
  },
  'routing.run': {
    async run(world) {
      await world.act(world.adam, 'workspace.change-settings', { routing: 'least-busy' });
      await world.act(system(world), 'routing.run', {});
      await world.act(world.adam, 'workspace.change-settings', { routing: 'manual' });
    },
  },
  'agent.sign-out': { run: (world) => withoutDesks(world, world.adam, 'agent.sign-out') },
  'agent.tick': {
    async run(world) {
      await turnClock(world.server.engine.pool, world.workspaceId, DAY_MS);
      await withoutDesks(world, world.adam, 'agent.tick');
    },
  },
  'agent.set-capacity': {
    async run(world) {
      const { agentId } = world.ann;
      await world.act(world.adam, 'agent.set-capacity', { agentId, capacity: 3 });
      await world.act(world.adam, 'agent.set-capacity', { agentId, capacity: null });
    },
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
  'workspace.change': {
    run: (world) =>
      world.act(world.adam, 'workspace.change', { name: `Northwind ${newId(Date.now())}` }),
  },
  'workspace.change-settings': {
    async run(world) {
      const hours = (count: number) => ({ reopenWithinMs: count * 3_600_000 });
      await world.act(world.adam, 'workspace.change-settings', hours(2));
      await world.act(world.adam, 'workspace.change-settings', hours(3));
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
  'label.create': { run: newLabel },
  'label.change': {
    async run(world) {
      const input = { ...(await newLabel(world)), color: '#0f766e' };
      await world.act(world.adam, 'label.change', input);
    },
  },
  'label.delete': {
    async run(world) {
      await world.act(world.adam, 'label.delete', await newLabel(world));
    },
  },
  'label.restore': {
    async run(world) {
      const label = await newLabel(world);
      await world.act(world.adam, 'label.delete', label);
      await world.act(world.adam, 'label.restore', label);
    },
  },
  'inbox.remove-member': {
    async run(world) {
      await world.act(world.adam, 'inbox.add-member', members(world));
      await world.act(world.adam, 'inbox.remove-member', members(world));
    },
  },
  'inbox.add-team': {
    async run(world) {
      const { teamId } = await newTeam(world, world.cara);
      await world.act(world.adam, 'inbox.add-team', { inboxId: world.inbox.id, teamId });
      await world.act(world.adam, 'team.delete', { teamId });
    },
  },
  'inbox.remove-team': {
    async run(world) {
      const place = { inboxId: world.inbox.id, teamId: world.support };
      await world.act(world.adam, 'inbox.remove-team', place);
      await world.act(world.adam, 'inbox.add-team', place);
    },
  },
  'inbox.change-team-rules': {
    async run(world) {
      const place = { inboxId: world.inbox.id };
      const teamRules = [{ when: { pageContains: '/never/' }, teamId: world.sales }];
      await world.act(world.adam, 'inbox.change-team-rules', { ...place, teamRules });
      await world.act(world.adam, 'inbox.change-team-rules', { ...place, teamRules: [] });
    },
  },
  'team.create': { run: (world) => world.act(world.adam, 'team.create', { name: 'Another' }) },
  'team.change': {
    run: (world) =>
      world.act(world.adam, 'team.change', { teamId: world.sales, name: `S ${newId(0)}` }),
  },
  'team.delete': {
    async run(world, { conversationId }) {
      const { teamId } = await newTeam(world, world.cara);
      await world.act(world.ann, 'conversation.transfer', { conversationId, teamId });
      await world.act(world.adam, 'team.delete', { teamId });
      await world.act(system(world), 'conversation.lose-team', { conversationId });
    },
  },
  'team.restore': {
    async run(world) {
      const { teamId } = await newTeam(world, world.cara);
      await world.act(world.adam, 'inbox.add-team', { inboxId: world.inbox.id, teamId });
      await world.act(world.adam, 'team.delete', { teamId });
      await world.act(world.adam, 'team.restore', { teamId });
    },
  },
  'team.add-member': {
    async run(world) {
      const member = { teamId: world.support, agentId: world.cara.agentId };
      await world.act(world.adam, 'team.add-member', member);
      await world.act(world.adam, 'team.remove-member', member);
    },
  },
  'team.remove-member': {
    async run(world) {
      const member = { teamId: world.support, agentId: world.tess.agentId };
      await world.act(world.adam, 'team.remove-member', member);
      await world.act(world.adam, 'team.add-member', member);
    },
  },
};

export async function settingFor(world: World, { before = [] }: CommandCase): Promise<Setting> {
  const own = world.newVisitor();
  const conversationId = await world.write(own, 'Hello');
  for (const kind of before) await world.act(world.ann, `conversation.${kind}`, { conversationId });
  return { own, conversationId };
}
