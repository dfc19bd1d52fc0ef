import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

it('a visitor writes, the agents of the inbox see it, and one who takes it can answer', async () => {
  const desk = await world.connect(world.ann);
  const conversationId = await world.write(world.vera, 'Is the blue one in stock?');
  await desk.next('changes', ({ entities }) =>
    (entities.conversations ?? []).some(({ id }) => id === conversationId),
  );
  await world.act(world.ann, 'conversation.accept', { conversationId });
  const widget = await world.connect(world.vera);
  await world.act(world.ann, 'message.send', { conversationId, text: 'It is.' });
  const { entities } = await widget.next(
    'changes',
    (frame) => (frame.entities.entries ?? []).length > 0,
  );
  expect(entities.entries).toMatchObject([{ kind: 'message', text: 'It is.' }]);
});

it('one who serves no inbox sees nothing of it', async () => {
  const conversationId = await world.write(world.walt, 'Hello?');
  const desk = await world.connect(world.cara);
  expect(desk.texts.join()).not.toContain(conversationId);
});
