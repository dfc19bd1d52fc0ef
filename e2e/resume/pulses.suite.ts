import type { ConversationId } from '@deskbell/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isLive, type Stage, until } from './stage.ts';

/** What is not logged is right again after a break, too. */
export function pulsesSuite(openStage: () => Promise<Stage>): void {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.close());

  // What is told but not logged (marks, drafts, who is there) has no place in the log; a resume brings it whole.
  test('what was read on another device while the line was cut counts as read here', async () => {
    const { ann, walt, vera } = stage.world;
    const id = (await stage.world.write(walt, 'hello')) as ConversationId;
    const desk = stage.desk(ann);
    await until(() => expect(desk.store.unread(id)).toBe(1));
    const phone = stage.freshDesk(ann);
    await until(() => expect(phone.store.unread(id)).toBe(1));
    stage.proxy.isReachable = false;
    stage.proxy.cut();
    phone.markRead(id);
    await stage.world.write(vera, 'marker');
    stage.proxy.isReachable = true;
    await isLive(desk);
    await until(() => expect(desk.store.unread(id)).toBe(0), 1_000);
  });

  test('a draft of another device written while the line was cut is here', async () => {
    const { ann } = stage.world;
    const id = await stage.conversation('hello');
    const desk = stage.desk(ann);
    await isLive(desk);
    const phone = stage.freshDesk(ann);
    await isLive(phone);
    stage.proxy.isReachable = false;
    stage.proxy.cut();
    phone.saveDraft(id, 'half a sen');
    const kept = async () => {
      const rows = await stage.world.server.engine.pool`select text from drafts`;
      expect(rows).toHaveLength(1);
    };
    await until(kept);
    stage.proxy.isReachable = true;
    await isLive(desk);
    await until(() => expect(desk.store.entities.drafts.get(id)?.text).toBe('half a sen'), 1_000);
  });

  test('a reading that the line swallowed is told again', async () => {
    const { ann } = stage.world;
    const id = await stage.conversation('hello');
    const desk = stage.desk(ann);
    await until(() => expect(desk.store.unread(id)).toBe(1));
    let swallowed = 0;
    stage.proxy.judge = (way, text) => {
      if (way !== 'up' || !text.includes('"t":"read"')) return 'pass';
      swallowed += 1;
      return 'drop';
    };
    desk.markRead(id);
    expect(desk.store.unread(id)).toBe(0);
    await until(() => expect(swallowed).toBe(1));
    stage.proxy.judge = () => 'pass';
    stage.proxy.cut();
    const fresh = stage.freshDesk(ann);
    await until(() => expect(fresh.store.unread(id)).toBe(0));
  });

  test('whether somebody is there is right after a break', async () => {
    const { ann, ben, tess, vera, act } = stage.world;
    await stage.conversation('hello');
    const everybody = [ann, ben, tess];
    const set = (availability: string) =>
      Promise.all(everybody.map((who) => act(who, 'agent.set-availability', { availability })));
    await set('away');
    const widget = stage.widget(vera);
    await isLive(widget);
    expect(widget.store.site?.isOnline).toBe(false);
    stage.proxy.isReachable = false;
    stage.proxy.cut();
    await until(() => expect(widget.state.name).toBe('waiting'));
    await set('online');
    stage.proxy.isReachable = true;
    await isLive(widget);
    await until(() => expect(widget.store.site?.isOnline).toBe(true), 1_000);
  });
}
