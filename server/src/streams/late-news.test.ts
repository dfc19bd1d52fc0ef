import { randomUUID } from 'node:crypto';
import type { ConversationId, DeviceId, ServerFrame } from '@deskbell/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversations, entryKey, timeline } from '../conversations/index.ts';
import { readEvents } from '../platform/log/log.ts';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

it('R-5.2 what another server tells late of an earlier conversation does not lead a widget back to it', async () => {
  const { vera, server } = world;
  const { pool, hubs } = server.engine;
  const { workspaceId } = vera;
  const earlier = (await world.write(vera, 'one')) as ConversationId;
  await world.act(vera, 'conversation.end', {});
  const current = await world.write(vera, 'two');
  const events = (await readEvents(pool, workspaceId, { after: 0, limit: 1_000 })).filter(
    ({ id }) => id === earlier,
  );
  const keys = events.map(({ version }) => entryKey(earlier, version));
  const rows = new Map<string, object[]>([
    ['conversations', await conversations.load(pool, workspaceId, [earlier])],
    ['timeline', await timeline.load(pool, workspaceId, keys)],
  ]);
  const widget = await world.connect(vera);

  (await hubs.of(workspaceId)).apply({
    events,
    row: (table, key) =>
      rows.get(table.name)?.find((row) => table.key(row as never) === key) as never,
  });
  await world.write(vera, 'three');
  const { entities, through } = await widget.next('changes');
  expect(entities.entries).toMatchObject([{ conversationId: current, text: 'three' }]);
  expect(through).toMatch(new RegExp(`^${current}:`));
});

it('R-7.2 what is announced while a desk reads a snapshot outlasts also the one that is begun anew', async () => {
  const { ann, server, workspaceId } = world;
  const deviceId = randomUUID() as DeviceId;
  const desk = await world.connect(ann);
  desk.send({ t: 'attention', deviceId, isFocused: true, conversationId: null });
  const isOfIt = (frame: ServerFrame) =>
    frame.t === 'announced' && frame.announcements.some(({ text }) => text === 'Told before');
  const { pool, hubs } = server.engine;
  const isNoted = () => pool`select from desk_attention where device_id = ${deviceId}`;
  while ((await isNoted()).length === 0) await new Promise(setImmediate);
  await world.write(world.newVisitor(), 'Told before');
  // What the test before has left is announced as well.
  await desk.next('announced', isOfIt);
  const told = await server.engine.announcing.unshown(workspaceId, {
    agentId: ann.agentId,
    deviceId,
  });
  const hub = await hubs.of(workspaceId);
  const stream = [...hub.agentStreams].find((each) => each.deviceId === deviceId);

  const first = stream?.begin({});
  hub.announce(told);
  await Promise.all([first, stream?.begin({})]);
  await desk.settle();
  expect(desk.frames.filter(isOfIt)).toHaveLength(2);
});
