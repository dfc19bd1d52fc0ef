import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { ConversationId } from '@deskbell/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectSameAsFresh, Stage, shown, shownTo, until } from './stage.ts';

const root = path.join(import.meta.dirname, '../..');

/** A server in a process of its own, on the database of the stage. */
class Victim {
  url = '';
  private readonly child: ChildProcess;

  private constructor(databaseUrl: string) {
    this.child = spawn(process.execPath, ['server/src/main.ts'], {
      cwd: root,
      env: { ...process.env, PORT: '0', DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  static async start(databaseUrl: string): Promise<Victim> {
    const victim = new Victim(databaseUrl);
    let said = '';
    for await (const chunk of victim.child.stdout ?? []) {
      said += String(chunk);
      const url = /Deskbell is at (\S+)/.exec(said)?.[1];
      if (url === undefined) continue;
      victim.url = url.replace('localhost', '127.0.0.1');
      return victim;
    }
    throw new Error('the server ended before it was there');
  }

  async kill(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}

let stage: Stage;
let victim: Victim;
beforeEach(async () => {
  stage = await Stage.open();
  victim = await Victim.start(stage.world.database.url);
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
  victim = await Victim.start(stage.world.database.url);
  stage.moveTo(victim.url);

  for (const answer of await Promise.all(answers)) expect(answer).toHaveProperty('answer');
  const stored = await stage.stored(id as ConversationId);
  expect(stored.filter((text) => text.startsWith('agent'))).toEqual(ours);
  expect(stored.filter((text) => text.startsWith('visitor'))).toEqual(theirs);
  await until(() => expect(shown(desk, id)).toEqual(stored));
  await until(() => expect(shownTo(widget)).toEqual(stored));
  await expectSameAsFresh(stage, { desk, who: ann, watched: [id] });
});
