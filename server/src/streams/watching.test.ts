import { type ConversationId, WATCH_LIMIT } from '@deskbell/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

it('a desk holds so many timelines; beyond, the eldest is let go', async () => {
  const desk = await world.connect(world.ann);
  const visitors = Array.from({ length: WATCH_LIMIT + 1 }, () => world.newVisitor());
  const ids: string[] = [];
  for (const visitor of visitors) {
    const conversationId = (await world.write(visitor, 'Hello')) as ConversationId;
    ids.push(conversationId);
    desk.send({ t: 'watch', conversationId, after: null });
    await desk.next('timeline', (frame) => frame.conversationId === conversationId);
  }
  for (const visitor of visitors) await world.write(visitor, 'Still there?');
  const told = new Set<string>();
  while (!told.has(ids.at(-1) ?? '')) {
    const { entities } = await desk.next(
      'changes',
      (frame) => frame.entities.entries !== undefined,
    );
    for (const { conversationId } of entities.entries ?? []) told.add(conversationId);
  }
  expect([...told].sort()).toEqual(ids.slice(1).sort());
});

it('R-5.2 a timeline that cannot be read ends the stream, so that the desk comes again', async () => {
  const desk = await world.connect(world.ann);
  const conversationId = (await world.write(world.newVisitor(), 'Hello')) as ConversationId;
  const { pool } = world.server.engine;
  await pool`alter table timeline rename to away`;
  desk.send({ t: 'watch', conversationId, after: 0 });
  expect(await desk.next('bye')).toMatchObject({ code: 'unavailable' });
  await pool`alter table away rename to timeline`;

  const again = await world.connect(world.ann);
  again.send({ t: 'watch', conversationId, after: 0 });
  const { entities } = await again.next('timeline');
  expect(entities.entries?.map(({ seq }) => seq)).toEqual([1, 2]);
});
