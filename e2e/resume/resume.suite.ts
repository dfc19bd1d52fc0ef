import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { ConversationId } from '@deskbell/contract';
import type { AgentClient } from '@deskbell/sdk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../server/src/platform/config.ts';
import { createLogger } from '../../server/src/platform/logger.ts';
import { startServer } from '../../server/src/server.ts';
import { expectSameAsFresh, isLive, type Stage, shown, shownTo, until } from './stage.ts';

/** What a break of the line may never cost, whatever number of servers is behind it. */
export function resumeSuite(openStage: () => Promise<Stage>): void {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.close());

  /** Ann's desk, live, with Vera's conversation open. */
  async function annAtWork() {
    const { ann, vera } = stage.world;
    const id = await stage.conversation('hello');
    const desk = stage.desk(ann);
    desk.watch(id);
    await until(() => expect(desk.store.timeline(id).isComplete).toBe(true));
    return { ann, vera, id, desk };
  }

  const send = (desk: AgentClient, conversationId: ConversationId, text: string) =>
    desk.send('message.send', { conversationId, text });

  describe('a message of an agent', () => {
    test('cut before send: it waits for the line, shown as sending, and arrives once', async () => {
      const { ann, id, desk } = await annAtWork();
      stage.proxy.isReachable = false;
      stage.proxy.cut();
      await until(() => expect(desk.state.name).toBe('waiting'));
      const answers = [send(desk, id, 'one'), send(desk, id, 'two')];
      expect(shown(desk, id)).toEqual(['hello', 'one (sending)', 'two (sending)']);
      stage.proxy.isReachable = true;
      await Promise.all(answers);
      await until(() => expect(shown(desk, id)).toEqual(['hello', 'one', 'two']));
      expect(await stage.stored(id)).toEqual(['hello', 'one', 'two']);
      await expectSameAsFresh(stage, { desk, who: ann, watched: [id] });
    });

    test('sent and not committed: it never reached the server, and arrives once', async () => {
      const { ann, id, desk } = await annAtWork();
      const lost = stage.fault('up', /"t":"command"/, 'drop');
      const answer = send(desk, id, 'one');
      await lost;
      const later = send(desk, id, 'two');
      stage.proxy.cut();
      expect(await answer).toHaveProperty('answer');
      expect(await later).toHaveProperty('answer');
      expect(await stage.stored(id)).toEqual(['hello', 'one', 'two']);
      await expectSameAsFresh(stage, { desk, who: ann, watched: [id] });
    });

    test('committed and not acknowledged: the line broke while the server was storing it', async () => {
      const { ann, id, desk } = await annAtWork();
      const letCommit = await stage.blockCommits();
      const sent = stage.fault('up', /"t":"command"/, 'cut after');
      stage.proxy.isReachable = false;
      const answer = send(desk, id, 'one');
      await sent;
      expect(await stage.stored(id)).toEqual(['hello']);
      await letCommit();
      await until(async () => expect(await stage.stored(id)).toEqual(['hello', 'one']));
      expect(shown(desk, id)).toEqual(['hello', 'one (sending)']);
      stage.proxy.isReachable = true;
      expect(await answer).toHaveProperty('answer');
      expect(await stage.stored(id)).toEqual(['hello', 'one']);
      await until(() => expect(shown(desk, id)).toEqual(['hello', 'one']));
      await expectSameAsFresh(stage, { desk, who: ann, watched: [id] });
    });

    test('acknowledgement lost: it is asked for again, and the message stands there once', async () => {
      const { ann, id, desk } = await annAtWork();
      const lost = stage.fault('down', /"t":"ack"/, 'cut before');
      const answer = send(desk, id, 'one');
      await lost;
      const later = send(desk, id, 'two');
      expect(await answer).toHaveProperty('answer');
      expect(await later).toHaveProperty('answer');
      expect(await stage.stored(id)).toEqual(['hello', 'one', 'two']);
      await until(() => expect(shown(desk, id)).toEqual(['hello', 'one', 'two']));
      await expectSameAsFresh(stage, { desk, who: ann, watched: [id] });
    });

    test('the line breaks after each frame, both ways, for a while: nothing is lost, doubled or reordered', async () => {
      const { ann, id, desk } = await annAtWork();
      let frames = 0;
      stage.proxy.judge = () => (++frames % 3 === 0 && frames < 90 ? 'cut after' : 'pass');
      const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`);
      await Promise.all(texts.map((text) => send(desk, id, text)));
      expect(await stage.stored(id)).toEqual(['hello', ...texts]);
      await expectSameAsFresh(stage, { desk, who: ann, watched: [id] });
    });
  });

  describe('a message of a contact', () => {
    test.each([
      { fault: 'cut before send', way: 'up', fits: /"t":"command"/, verdict: 'cut before' },
      { fault: 'sent and not committed', way: 'up', fits: /"t":"command"/, verdict: 'drop' },
      {
        fault: 'committed and not acknowledged',
        way: 'up',
        fits: /"t":"command"/,
        verdict: 'cut after',
      },
      { fault: 'acknowledgement lost', way: 'down', fits: /"t":"ack"/, verdict: 'cut before' },
      {
        fault: 'cut within the acknowledgement',
        way: 'down',
        fits: /"t":"ack"/,
        verdict: 'cut within',
      },
    ] as const)(
      '$fault: it opens one conversation, and stands there once',
      async ({ way, fits, verdict }) => {
        const { vera } = stage.world;
        const widget = stage.widget(vera);
        await isLive(widget);
        const happened = stage.fault(way, fits, verdict);
        const answer = widget.sendMessage('hello');
        await happened;
        const later = widget.sendMessage('are you there?');
        expect(shownTo(widget).join()).toContain('hello');
        if (verdict === 'drop') stage.proxy.cut();
        expect(await answer).toHaveProperty('answer');
        expect(await later).toHaveProperty('answer');
        await until(() => expect(shownTo(widget)).toEqual(['hello', 'are you there?']));
        const { current } = widget.store;
        expect(await stage.stored(current?.id as ConversationId)).toEqual([
          'hello',
          'are you there?',
        ]);
        const fresh = stage.freshWidget(vera);
        await until(() => expect(fresh.store.view.items).toEqual(widget.store.view.items));
      },
    );

    test('what our side wrote while the line was cut is there afterwards, and counts as unread', async () => {
      const { ann, vera, id } = await annAtWork();
      const widget = stage.widget(vera);
      await until(() => expect(shownTo(widget)).toEqual(['hello']));
      stage.proxy.isReachable = false;
      stage.proxy.cut();
      await stage.world.act(ann, 'message.send', { conversationId: id, text: 'hi' });
      await stage.world.act(ann, 'conversation.close', { conversationId: id });
      stage.proxy.isReachable = true;
      await until(() => expect(shownTo(widget)).toEqual(['hello', 'hi']));
      expect(widget.store.view.unread).toBe(1);
      await until(() => expect(widget.store.view.conversation?.status).toBe('closed'));
    });
  });

  describe('the stream of a desk', () => {
    test('cut inside a snapshot: half of it changes nothing, the next one comes whole', async () => {
      const { ann } = stage.world;
      const id = await stage.conversation('hello');
      const happened = stage.fault('down', /"t":"snapshot"/, 'cut within');
      const desk = stage.desk(ann);
      await happened;
      expect(desk.store.me).toBeNull();
      await isLive(desk);
      desk.watch(id);
      await expectSameAsFresh(stage, { desk, who: ann, watched: [id] });
    });

    test('between snapshot and first change: what happened there is not missed', async () => {
      const { ann, vera, walt } = stage.world;
      const id = await stage.conversation('hello');
      const happened = stage.fault('down', /"t":"snapshot"/, 'cut after');
      const desk = stage.desk(ann);
      desk.watch(id);
      await happened;
      stage.proxy.isReachable = false;
      await stage.world.write(vera, 'still there?');
      const other = (await stage.world.write(walt, 'hello too')) as ConversationId;
      stage.proxy.isReachable = true;
      await isLive(desk);
      desk.watch(other);
      await until(() => expect(shown(desk, id)).toEqual(['hello', 'still there?']));
      await expectSameAsFresh(stage, { desk, who: ann, watched: [id, other] });
    });

    test('while it was away: conversations opened, taken, closed and answered stand as they are now', async () => {
      const { ann, ben, vera, walt } = stage.world;
      const { id, desk } = await annAtWork();
      stage.proxy.isReachable = false;
      stage.proxy.cut();
      await stage.world.write(vera, 'one');
      const other = (await stage.world.write(walt, 'two')) as ConversationId;
      const bens = await stage.world.connect(ben);
      await stage.world.act(ben, 'conversation.accept', { conversationId: other });
      await stage.world.act(ann, 'conversation.close', { conversationId: id });
      bens.close();
      let snapshots = 0;
      stage.proxy.judge = (way, text) => {
        if (way === 'down' && text.includes('"t":"snapshot"')) snapshots++;
        return 'pass';
      };
      stage.proxy.isReachable = true;
      await isLive(desk);
      expect(snapshots).toBe(0);
      desk.watch(other);
      await until(() => expect(shown(desk, id)).toEqual(['hello', 'one']));
      expect(desk.store.entities.conversations.get(id)?.status).toBe('closed');
      expect(desk.store.list('mine').ids).toEqual([]);
    });

    test('while an inbox member is added and removed: it sees the inbox, then nothing of it', async () => {
      const { cara, olga, vera, inbox } = stage.world;
      const inboxId = inbox.id;
      const id = await stage.conversation('hello');
      const desk = stage.desk(cara);
      await isLive(desk);
      expect(desk.store.list('open').ids).toEqual([]);

      await stage.world.act(olga, 'inbox.add-member', { inboxId, agentId: cara.agentId });
      await until(() => expect(desk.store.list('open').ids).toEqual([id]));
      desk.watch(id);
      await until(() => expect(shown(desk, id)).toEqual(['hello']));

      stage.proxy.isReachable = false;
      stage.proxy.cut();
      await stage.world.act(olga, 'inbox.remove-member', { inboxId, agentId: cara.agentId });
      await stage.world.write(vera, 'a secret');
      stage.proxy.isReachable = true;
      await isLive(desk);
      await until(() => expect(desk.store.list('open').ids).toEqual([]));
      expect(desk.store.entities.conversations.get(id)).toBeUndefined();
      expect(shown(desk, id)).toEqual([]);

      await stage.world.act(olga, 'inbox.add-member', { inboxId, agentId: cara.agentId });
      await until(() => expect(desk.store.list('open').ids).toEqual([id]));
      await until(() => expect(shown(desk, id)).toEqual(['hello', 'a secret']));
    });

    test('removed from an inbox while connected: the open timeline is emptied at once', async () => {
      const { ben, olga, inbox } = stage.world;
      const id = await stage.conversation('hello');
      const desk = stage.desk(ben);
      desk.watch(id);
      await until(() => expect(desk.store.timeline(id).isComplete).toBe(true));
      await stage.world.act(olga, 'inbox.remove-member', {
        inboxId: inbox.id,
        agentId: ben.agentId,
      });
      await until(() => expect(shown(desk, id)).toEqual([]));
      expect(desk.store.entities.conversations.get(id)).toBeUndefined();
      expect(desk.store.list('open').ids).toEqual([]);
    });

    test('removed from an inbox while connected: what is assigned to them stays, and goes on', async () => {
      const { olga, inbox } = stage.world;
      const { ann, vera, id, desk } = await annAtWork();
      await stage.world.act(olga, 'inbox.remove-member', {
        inboxId: inbox.id,
        agentId: ann.agentId,
      });
      await stage.world.write(vera, 'are you there?');
      await until(() => expect(shown(desk, id)).toEqual(['hello', 'are you there?']));
      expect(desk.store.list('mine').ids).toEqual([id]);
      await expectSameAsFresh(stage, { desk, who: ann, watched: [id] });
    });

    test('after the last pulse is lost: what another server stored is here within two seconds', async () => {
      const { ann, vera } = stage.world;
      const id = await stage.conversation('hello');
      const log = createLogger('silent');
      const other = await startServer({
        config: readConfig({ PORT: '0' }, tmpdir()),
        databaseUrl: stage.world.database.url,
        log,
        sabotage: { isPulseLost: () => true },
      });
      stage.proxy.redirect(other.url.replace('localhost', '127.0.0.1'));
      const desk = stage.desk(ann);
      desk.watch(id);
      await until(() => expect(shown(desk, id)).toEqual(['hello']));
      const answer = send(desk, id, 'hi');
      await stage.world.write(vera, 'still there?');
      expect(await answer).toHaveProperty('answer');
      await until(() =>
        expect(shown(desk, id).toSorted()).toEqual(['hello', 'hi', 'still there?']),
      );
      expect(shown(desk, id)).toEqual(await stage.stored(id));
      await other.close();
    });

    test('asleep for a day: it dials anew by itself and misses nothing', async () => {
      const { ann, vera, walt } = stage.world;
      const id = await stage.conversation('hello');
      let sleptMs = 0;
      // Between two heartbeats: in the middle of one it would wait for its answer first.
      const desk = stage.desk(ann, { heartbeatMs: 1_000, now: () => Date.now() + sleptMs });
      desk.watch(id);
      await until(() => expect(desk.store.timeline(id).isComplete).toBe(true));
      stage.proxy.hold();
      sleptMs = 86_400_000;
      await stage.world.write(vera, 'still there?');
      const other = (await stage.world.write(walt, 'hello too')) as ConversationId;
      await until(() => expect(desk.state.name).toBe('connecting'));
      stage.proxy.release();
      await isLive(desk);
      desk.watch(other);
      await until(() => expect(shown(desk, id)).toEqual(['hello', 'still there?']));
      await expectSameAsFresh(stage, { desk, who: ann, watched: [id, other] });
    });

    test('position too old: a fresh snapshot, and the open timeline goes on without a hole', async () => {
      const { ann, vera, walt } = stage.world;
      const { id, desk } = await annAtWork();
      stage.proxy.isReachable = false;
      stage.proxy.cut();
      await stage.world.write(vera, 'one');
      const other = (await stage.world.write(walt, 'two')) as ConversationId;
      await stage.world.server.engine.pool`
      insert into log_floors (workspace_id, position)
      select workspace_id, max(position) from log where workspace_id = ${stage.world.workspaceId} group by 1
      on conflict (workspace_id) do update set position = excluded.position`;
      let snapshots = 0;
      stage.proxy.judge = (way, text) => {
        if (way === 'down' && text.includes('"t":"snapshot"')) snapshots++;
        return 'pass';
      };
      stage.proxy.isReachable = true;
      await isLive(desk);
      desk.watch(other);
      await until(() => expect(shown(desk, id)).toEqual(['hello', 'one']));
      expect(snapshots).toBe(1);
      await expectSameAsFresh(stage, { desk, who: ann, watched: [id, other] });
    });

    test('missed more of a timeline than a page can bring: it goes on with the newest, and earlier ones can be loaded', async () => {
      const { ann, vera, id, desk } = await annAtWork();
      stage.proxy.isReachable = false;
      stage.proxy.cut();
      const texts = Array.from({ length: 600 }, (_, index) => `message ${index}`);
      for (let sent = 0; sent < texts.length; sent += 100) {
        const some = texts.slice(sent, sent + 100);
        await Promise.all(some.map((text) => stage.world.write(vera, text)));
        // 400 a second are let through.
        await delay(250);
      }
      stage.proxy.isReachable = true;
      await isLive(desk);
      await until(() => expect(shown(desk, id).at(-1)).toBe('message 599'));
      expect(desk.store.timeline(id)).toMatchObject({ isComplete: true, hasEarlier: true });
      const handle = desk.watch(id);
      while (handle.view().hasEarlier) expect(await handle.loadEarlier()).toBeNull();
      expect(shown(desk, id)).toEqual(['hello', ...texts]);
      await expectSameAsFresh(stage, { desk, who: ann, watched: [] });
    });
  });
}
