import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type CommandKind, type ConversationId, commands, lists } from '@deskbell/contract';
import { AgentStore } from '@deskbell/sdk/agent-store';
import { ContactStore } from '@deskbell/sdk/contact-store';
import { Overlay } from '@deskbell/sdk/overlay';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHead } from '../../server/src/platform/log/log.ts';
import { commandCases, type Setting, settingFor } from '../../server/src/testing/command-cases.ts';
import type { TestSocket } from '../../server/src/testing/socket.ts';
import {
  createWorld,
  type Person,
  type Visitor,
  type World,
} from '../../server/src/testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  for (const person of [world.ann, world.ben, world.adam]) await world.connect(person);
});
afterAll(() => world.close());

it('every command of the contract has its case', () => {
  expect(Object.keys(commandCases).sort()).toEqual(Object.keys(commands).sort());
});

describe.each(Object.keys(commands) as CommandKind[])('%s', (kind) => {
  it('folded into what was held equals a fresh fetch, for each who sees it', async () => {
    const command = commandCases[kind];
    const setting = await settingFor(world, command);
    const held = await observe(setting);
    await command.run(world, setting);
    // What another hand wrote (a turned clock) is found by asking.
    await world.server.engine.feed.poll();
    const position = await settledHead();
    await Promise.all(held.desks.map((desk) => catchUp(desk, position, setting)));
    const fresh = await observe(setting);
    for (const [index, desk] of held.desks.entries()) {
      const other = fresh.desks[index];
      if (other) await expectSameDesk(desk, other, setting);
    }
    await held.widget.settle();
    expect(widgetView(held.widget)).toEqual(widgetView(fresh.widget));
    for (const { socket } of [...held.desks, ...fresh.desks]) socket.close();
  });
});

/** The log's end, once all that follows it has read that far: what was done may have set off more. */
async function settledHead(): Promise<number> {
  const { pool } = world.server.engine;
  for (;;) {
    const { position } = await readHead(pool, world.workspaceId);
    const behind = await pool`
      select from readers where workspace_id = ${world.workspaceId} and position < ${position}`;
    if (behind.length === 0) return position;
    await pause(10);
  }
}

interface Desk {
  person: Person;
  socket: TestSocket;
}

/** Desks of members of the inbox, of a team that serves it and of one that doesn't, of a supervisor and of one who sees no inbox; and the contact's widget. */
async function observe({ own, conversationId }: Setting) {
  const people = [world.ann, world.susan, world.cara, world.tess, world.tom];
  const desks = await Promise.all(
    people.map(async (person) => ({ person, socket: await world.connect(person, false) })),
  );
  await Promise.all(desks.map((desk) => watch(desk, conversationId)));
  return { desks, widget: await world.connect(own as Visitor) };
}

/** A desk holds the timeline, if it may. */
async function watch({ person, socket }: Desk, conversationId: string): Promise<void> {
  const { status } = await world.request(person, `/conversations/${conversationId}`);
  const id = conversationId as ConversationId;
  socket.send({ t: 'watch', conversationId: id, after: null });
  await (status === 200 ? socket.next('timeline') : socket.next('changes'));
}

/** As a client does: with other rights it begins anew, its timelines too; of what comes into sight it asks for the timeline. */
async function catchUp(desk: Desk, position: number, { conversationId }: Setting): Promise<void> {
  await desk.socket.reach(position);
  const snapshots = desk.socket.frames.filter(({ t }) => t === 'snapshot');
  const missing: string[] = deskStore(desk, conversationId).missing();
  if (snapshots.length > 1 || missing.includes(conversationId)) await watch(desk, conversationId);
}

const noOutbox = { inLane: () => [] };

function deskStore({ socket }: Desk, conversationId: string): AgentStore {
  const store = new AgentStore(new Overlay(noOutbox, 'message.send'));
  store.open(conversationId as ConversationId);
  for (const frame of socket.frames) store.apply(frame);
  return store;
}

async function expectSameDesk(held: Desk, fresh: Desk, { conversationId }: Setting) {
  const freshStore = deskStore(fresh, conversationId);
  // Counts come at most twice a second, last of all.
  while (!isDeepStrictEqual(deskStore(held, conversationId).counts, freshStore.counts))
    await held.socket.next('counts');
  const heldStore = deskStore(held, conversationId);
  expect(screenOf(heldStore, conversationId)).toEqual(screenOf(freshStore, conversationId));
  expect(heldStore.me).toEqual(freshStore.me);
  for (const kind of [
    'workspaces',
    'agents',
    'inboxes',
    'labels',
    'teams',
    'contacts',
    'marks',
    'receipts',
  ] as const)
    for (const entity of freshStore.entities[kind].all())
      expect(heldStore.entities[kind].get(entity.id), kind).toEqual(entity);
  await expectAsStored(held.person, heldStore);
}

/** Everything that lists and timelines show. */
function screenOf(store: AgentStore, conversationId: string) {
  const live = lists.filter((list) => list !== 'closed');
  return {
    lists: Object.fromEntries(live.map((list) => [list, store.list(list)])),
    timeline: store.timeline(conversationId as ConversationId),
  };
}

/** What a desk still holds of conversations that no list of a snapshot brings is as it is stored, or gone. */
async function expectAsStored(person: Person, store: AgentStore): Promise<void> {
  for (const conversation of store.entities.conversations.all()) {
    const response = await world.request(person, `/conversations/${conversation.id}`);
    expect(response.status).toBe(200);
    const { conversations } = (await response.json()) as { conversations: object[] };
    expect(conversations).toEqual([conversation]);
  }
}

function widgetView(socket: TestSocket) {
  const store = new ContactStore(new Overlay(noOutbox, 'message.receive'));
  for (const frame of socket.frames) store.apply(frame);
  const { items, receipt } = store.view;
  // A version tells what is newer, and grows with what a contact isn't told of.
  const conversation = store.view.conversation && { ...store.view.conversation, version: 0 };
  const assignee = store.agents.get(conversation?.assigneeId ?? ('' as never));
  return {
    conversation,
    items,
    receipt,
    assignee: assignee && { ...assignee, version: 0 },
    site: store.site,
  };
}
