import type { ConversationId } from '@deskbell/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServerProcess } from '../servers/server-process.ts';
import { expectSameAsFresh, Stage, shown, shownTo, until } from './stage.ts';

let stage: Stage;
let victim: ServerProcess;
beforeEach(async () => {
  stage = await Stage.open();
  victim = await ServerProcess.start(stage.world.database.url);
  stage.moveTo(victim.url);
});
afterEach(async () => {
  await victim.kill();
  await stage.close();
});

test('server killed: everything sent while it died arrives once and in order, on both sides', async () => {
  const { ann, vera } = stage.world;
  const id = await stage.conversation('hello');
  const desk = stage.desk(ann);
  const widget = stage.widget(vera);
  desk.watch(id);
  await until(() => expect(desk.store.timeline(id).isComplete).toBe(true));
  await until(() => expect(shownTo(widget)).toEqual(['hello']));

  const ours = Array.from({ length: 40 }, (_, index) => `agent ${index}`);
  const theirs = Array.from({ length: 40 }, (_, index) => `visitor ${index}`);
  const answers = [
    ...ours.map((text) => desk.send('message.send', { conversationId: id, text })),
    ...theirs.map((text) => widget.sendMessage(text)),
  ];
  await until(() => expect(shown(desk, id)).toContain('visitor 5'));
  await victim.kill();
  await until(() => expect(desk.state.name).not.toBe('live'));
  await victim.startAgain();

  for (const answer of await Promise.all(answers)) expect(answer).toHaveProperty('answer');
  const stored = await stage.stored(id as ConversationId);
  expect(stored.filter((text) => text.startsWith('agent'))).toEqual(ours);
  expect(stored.filter((text) => text.startsWith('visitor'))).toEqual(theirs);
  await until(() => expect(shown(desk, id)).toEqual(stored));
  await until(() => expect(shownTo(widget)).toEqual(stored));
  await expectSameAsFresh(stage, { desk, who: ann, watched: [id] });
});
