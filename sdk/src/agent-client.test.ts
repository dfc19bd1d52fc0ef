import type { ServerFrame } from '@deskbell/contract';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AgentClient, createAgentClient } from './agent-client.ts';
import { onSelected } from './notifier.ts';
import {
  ann,
  ben,
  changes,
  conversation,
  conversationId,
  message,
  snapshot,
} from './testing/build.ts';
import { ClientStage } from './testing/client-stage.ts';

const id = conversationId('one');
let stage: ClientStage;
let desk: AgentClient;

beforeEach(() => {
  vi.useFakeTimers();
  stage = new ClientStage();
  desk = createAgentClient({ ...stage.options, token: 'secret' });
});
afterEach(() => {
  desk.stop();
  vi.useRealTimers();
});

const page = (entries: number[], more: object = {}): ServerFrame => ({
  t: 'timeline',
  conversationId: id,
  entities: { entries: entries.map((seq) => message(id, seq)) },
  isReset: true,
  hasEarlier: (entries[0] ?? 1) > 1,
  through: entries.at(-1) ?? 0,
  ...more,
});
const lines = () =>
  desk.store.timeline(id).items.map((item) => `${item.key.slice(-4)} ${item.state}`);
const states = () => desk.store.timeline(id).items.map(({ state }) => state);
const own = (clientId: string, seq: number) =>
  changes({
    entries: [
      message(id, seq, { clientId: clientId as never, author: { kind: 'agent', id: ann } }),
    ],
  });

describe('resuming', () => {
  test('hello tells where it goes on: the last position, the rights, each timeline', () => {
    stage.begin(snapshot({}, { through: '5', rights: 'agent.2' }));
    desk.watch(id);
    stage.socket.say(page([1, 2, 3]));
    stage.socket.say(changes({}, { through: '9' }), changes({ entries: [message(id, 4)] }));
    stage.socket.break();
    vi.advanceTimersByTime(30_000);
    stage.socket.open();
    expect(stage.socket.sent).toEqual([
      {
        t: 'hello',
        protocol: 1,
        token: 'secret',
        through: '9',
        rights: 'agent.2',
        timelines: { [id]: 4 },
      },
    ]);
  });

  test('a timeline of which nothing had come is asked for anew', () => {
    stage.begin(snapshot({}));
    desk.watch(id);
    stage.beginAgain(changes({}));
    expect(stage.sent('watch')).toEqual([{ t: 'watch', conversationId: id, after: null }]);
  });

  test('a later snapshot, after rights changed, is followed by asking for the open timelines', () => {
    stage.begin(snapshot({ conversations: [conversation('one', { version: 2 })] }));
    desk.watch(id);
    stage.socket.say(page([1, 2]));
    stage.socket.say(snapshot({}, { rights: 'agent.2' }));
    expect(desk.store.timeline(id).items).toEqual([]);
    expect(stage.sent('watch').at(-1)).toEqual({ t: 'watch', conversationId: id, after: null });
  });

  test('with other rights after a break the open timelines come anew, even where nothing was missed', () => {
    stage.begin(snapshot({ conversations: [conversation('one', { version: 2 })] }));
    desk.watch(id);
    stage.socket.say(page([1, 2]));
    stage.beginAgain(snapshot({}, { rights: 'agent.2' }), page([], { isReset: false, through: 2 }));
    expect(stage.sent('watch')).toHaveLength(1);
    stage.socket.say(page([1, 2]));
    expect(states()).toEqual(['stored', 'stored']);
    expect(desk.store.timeline(id)).toMatchObject({ isComplete: true, hasEarlier: false });
  });

  test('a hole in a timeline is asked for when it stays', () => {
    stage.begin(snapshot({}));
    desk.watch(id);
    stage.socket.say(page([1, 2]));
    stage.socket.say(changes({ entries: [message(id, 5)] }));
    expect(desk.store.timeline(id).isComplete).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(stage.sent('watch').at(-1)).toEqual({ t: 'watch', conversationId: id, after: 2 });
    stage.socket.say(page([3, 4, 5], { isReset: false }));
    expect(desk.store.timeline(id).isComplete).toBe(true);
    vi.advanceTimersByTime(20_000);
    expect(stage.sent('watch')).toHaveLength(2);
  });

  test('a card that is further than its timeline makes the timeline incomplete', () => {
    stage.begin(snapshot({ conversations: [conversation('one', { version: 2 })] }));
    desk.watch(id);
    stage.socket.say(page([1, 2]));
    stage.socket.say(changes({ conversations: [conversation('one', { version: 3 })] }));
    expect(desk.store.timeline(id).isComplete).toBe(false);
    stage.socket.say(changes({ entries: [message(id, 3)] }));
    expect(desk.store.timeline(id).isComplete).toBe(true);
  });
});

describe('a message of one’s own', () => {
  const send = () => {
    const outcome = desk.send('message.send', { conversationId: id, text: 'hi' });
    const clientId = desk.outbox.inLane(id)[0]?.clientId ?? '';
    return { outcome, clientId };
  };
  const ack = (clientId: string): ServerFrame => ({
    t: 'ack',
    id: clientId as never,
    position: 9,
    answer: { entryId: 'x', seq: 2 },
  });

  beforeEach(() => {
    stage.begin(snapshot({}));
    desk.watch(id);
    stage.socket.say(page([1]));
  });

  test('shows at once, and keeps its key when the stored one takes its place after the acknowledgement', () => {
    const { clientId } = send();
    expect(states()).toEqual(['stored', 'sending']);
    const before = lines().map((line) => line.slice(0, 4));
    stage.socket.say(ack(clientId));
    expect(states()).toEqual(['stored', 'sent']);
    stage.socket.say(own(clientId, 2));
    expect(states()).toEqual(['stored', 'stored']);
    expect(lines().map((line) => line.slice(0, 4))).toEqual(before);
  });

  test('is there once where the stored one comes before the acknowledgement', () => {
    const { clientId } = send();
    stage.socket.say(own(clientId, 2));
    expect(states()).toEqual(['stored', 'stored']);
    stage.socket.say(ack(clientId));
    expect(states()).toEqual(['stored', 'stored']);
  });

  test('acknowledged while so much was missed that its entry lies before the page: it is not shown behind', () => {
    const { clientId } = send();
    stage.socket.say(ack(clientId));
    stage.socket.say(page([700, 701]));
    expect(states()).toEqual(['stored', 'stored']);
  });

  test('refused: shown as failed with the reason, and sent again when somebody wants it', async () => {
    const { outcome, clientId } = send();
    stage.socket.say({
      t: 'refused',
      id: clientId as never,
      code: 'taken',
      detail: '',
      agentId: ben,
    });
    expect(await outcome).toMatchObject({ code: 'taken', agentId: ben });
    expect(desk.store.timeline(id).items.at(-1)).toMatchObject({
      state: 'failed',
      refusal: { code: 'taken' },
    });
    void desk.outbox.retry(clientId);
    expect(states()).toEqual(['stored', 'sending']);
    desk.outbox.drop(clientId);
    expect(states()).toEqual(['stored']);
  });

  test('survives a snapshot', () => {
    send();
    stage.socket.say(snapshot({}));
    expect(states()).toEqual(['stored', 'sending']);
  });
});

describe('reading, typing, drafts', () => {
  beforeEach(() => {
    const told = conversation('one', { version: 4, contactMessages: 3 });
    stage.begin(snapshot({ conversations: [told] }));
  });

  test('reading counts at once, is told once, and again after a break until the server shows it', () => {
    expect(desk.store.unread(id)).toBe(3);
    desk.markRead(id);
    desk.markRead(id);
    expect(desk.store.unread(id)).toBe(0);
    expect(stage.sent('read')).toEqual([{ t: 'read', conversationId: id, seq: 4 }]);
    stage.beginAgain(changes({}));
    expect(stage.sent('read')).toHaveLength(1);
    stage.socket.say(changes({ marks: [{ id, version: 4, contactMessages: 3 }] }));
    stage.beginAgain(changes({}));
    expect(stage.sent('read')).toEqual([]);
  });

  test('reading on and on is told twice a second at most', () => {
    for (let seq = 1; seq <= 20; seq++) desk.markRead(id, seq);
    expect(stage.sent('read').map(({ seq }) => seq)).toEqual([1]);
    vi.advanceTimersByTime(500);
    expect(stage.sent('read').map(({ seq }) => seq)).toEqual([1, 20]);
  });

  test('typing is told every three seconds, and ends by itself', () => {
    const told = () => stage.sent('typing').map(({ isTyping }) => isTyping);
    desk.setTyping(id, true);
    desk.setTyping(id, true);
    expect(told()).toEqual([true]);
    vi.advanceTimersByTime(3_000);
    desk.setTyping(id, true);
    expect(told()).toEqual([true, true]);
    vi.advanceTimersByTime(5_000);
    expect(told()).toEqual([true, true, false]);
    desk.setTyping(id, false);
    expect(told()).toEqual([true, true, false]);
  });

  test('who types is shown until they write, say so, or have been silent for 8 s', () => {
    const by = { kind: 'agent', id: ben } as const;
    const types = (isTyping: boolean): ServerFrame => ({
      t: 'typing',
      conversationId: id,
      by,
      isTyping,
    });
    stage.socket.say(types(true), types(true));
    expect(desk.store.typing(id)).toEqual([by]);
    stage.socket.say(
      changes({ entries: [message(id, 5, { author: { kind: 'agent', id: ben } })] }),
    );
    expect(desk.store.typing(id)).toEqual([]);
    stage.socket.say(types(true));
    vi.advanceTimersByTime(8_000);
    expect(desk.store.typing(id)).toEqual([]);
  });

  test('a draft leaves after a pause, each version higher than the last', () => {
    stage.socket.say(changes({ drafts: [{ id, version: 9e15, text: 'from the phone' }] }));
    desk.saveDraft(id, 'h');
    desk.saveDraft(id, 'hi');
    expect(stage.sent('draft')).toEqual([]);
    vi.advanceTimersByTime(800);
    expect(stage.sent('draft')).toEqual([
      { t: 'draft', conversationId: id, text: 'hi', version: 9e15 + 2 },
    ]);
    expect(desk.store.entities.drafts.get(id)?.text).toBe('hi');
  });

  test('a draft written without a line leaves when there is one', () => {
    stage.socket.break();
    desk.saveDraft(id, 'hi');
    vi.advanceTimersByTime(20_000);
    stage.begin(changes({}));
    expect(stage.sent('draft')).toHaveLength(1);
  });
});

describe('lists', () => {
  const queued = (name: string, queuedAt: number) =>
    conversation(name, { queuedAt, openedAt: queuedAt });
  const cursor = `1:20:${conversationId('two')}`;

  test('only what stands before the loaded boundary is shown, until the next page is here', async () => {
    stage.begin(
      snapshot(
        { conversations: [queued('one', 10), queued('two', 20), queued('nine', 90)] },
        { lists: { queue: cursor } },
      ),
    );
    expect(desk.store.list('queue')).toEqual({
      ids: ['one', 'two'].map(conversationId),
      isLoaded: true,
      hasMore: true,
    });
    stage.answers.push({ conversations: [queued('three', 30)], contacts: [], next: null });
    expect(await desk.loadMore('queue')).toBeNull();
    expect(stage.read).toEqual([
      `/conversations?list=queue&cursor=${encodeURIComponent(cursor)}&limit=100`,
    ]);
    expect(desk.store.list('queue').ids).toEqual(
      ['one', 'two', 'three', 'nine'].map(conversationId),
    );
    expect(await desk.loadMore('queue')).toBeNull();
    expect(stage.read).toHaveLength(1);
  });

  test('a list without a page is not loaded yet; two who ask for it ask once', async () => {
    stage.begin(snapshot({}, { lists: {} }));
    expect(desk.store.list('closed').isLoaded).toBe(false);
    stage.answers.push({ conversations: [], next: null });
    await Promise.all([desk.loadMore('closed'), desk.loadMore('closed')]);
    expect(stage.read).toEqual(['/conversations?list=closed&limit=50']);
    expect(desk.store.list('closed')).toEqual({ ids: [], isLoaded: true, hasMore: false });
  });

  test('a page that was read before something was taken away is read again', async () => {
    stage.begin(snapshot({}, { lists: {} }));
    let answer: (page: object) => void = () => undefined;
    stage.answers.push(new Promise<object>((resolve) => (answer = resolve)));
    stage.answers.push({ conversations: [], next: null });
    const loaded = desk.loadMore('queue');
    stage.socket.say(changes({}, { gone: { conversations: [id] } }));
    answer({ conversations: [queued('one', 10)], next: null });
    await loaded;
    expect(desk.store.entities.conversations.get(id)).toBeUndefined();
    expect(stage.read).toHaveLength(2);
  });

  test('a refusal, and a server out of reach, are values', async () => {
    stage.begin(snapshot({}, { lists: {} }));
    stage.answers.push({ code: 'forbidden', detail: 'no' });
    expect(await desk.loadMore('queue')).toEqual({ code: 'forbidden', detail: 'no' });
    expect(await desk.loadMore('queue')).toMatchObject({ code: 'unavailable' });
  });

  test('what is gone is nowhere any more', () => {
    stage.begin(snapshot({ conversations: [queued('one', 10)] }));
    desk.watch(id);
    stage.socket.say(page([1]));
    stage.socket.say(changes({}, { gone: { conversations: [id] } }));
    expect(desk.store.list('queue').ids).toEqual([]);
    expect(desk.store.timeline(id)).toMatchObject({ items: [], isGone: true });
    stage.socket.say(changes({ conversations: [queued('one', 10)] }), page([1]));
    expect(desk.store.timeline(id)).toMatchObject({ isLoaded: true, isGone: false });
  });

  test('R-3.6 what comes into sight again while it is open is asked for', () => {
    stage.begin(snapshot({ conversations: [queued('one', 10)] }));
    desk.watch(id);
    stage.socket.say(page([1]));
    stage.socket.say(changes({}, { gone: { conversations: [id] } }));
    const before = stage.sent('watch').length;
    stage.socket.say(changes({ conversations: [queued('one', 10)] }));
    vi.advanceTimersByTime(1_000);
    expect(stage.sent('watch')).toHaveLength(before + 1);
    stage.socket.say(page([1]));
    vi.advanceTimersByTime(10_000);
    expect(stage.sent('watch')).toHaveLength(before + 1);
    expect(desk.store.timeline(id)).toMatchObject({ isLoaded: true, isComplete: true });
  });
});

describe('telling of changes', () => {
  test('once per text frame, however many frames it holds', () => {
    stage.begin(snapshot({}));
    let told = 0;
    desk.subscribe(() => told++);
    stage.socket.say(
      changes({ conversations: [conversation('one')] }),
      changes({ conversations: [conversation('two')] }),
      changes({ conversations: [conversation('three')] }),
    );
    expect(told).toBe(1);
  });

  test('a listener by value hears of other values alone', () => {
    stage.begin(snapshot({}));
    const heard: number[] = [];
    const stop = onSelected(
      desk.subscribe,
      () => desk.store.unread(id),
      (count) => heard.push(count),
    );
    stage.socket.say(changes({ conversations: [conversation('two')] }));
    stage.socket.say(changes({ conversations: [conversation('one')] }));
    stop();
    stage.socket.say(
      changes({ conversations: [conversation('one', { version: 2, contactMessages: 2 })] }),
    );
    expect(heard).toEqual([1]);
  });
});

describe('timelines at hand', () => {
  test('a closed one stays live for a while; of many the eldest are let go', () => {
    stage.begin(snapshot({}));
    desk.watch(id).close();
    expect(stage.sent('unwatch')).toEqual([]);
    for (let index = 0; index < 24; index++) desk.watch(conversationId(`other ${index}`)).close();
    expect(stage.sent('unwatch')).toEqual([{ t: 'unwatch', conversationId: id }]);
  });

  test('held twice, closed twice before it is let go', () => {
    stage.begin(snapshot({}));
    const [first, second] = [desk.watch(id), desk.watch(id)];
    first.close();
    first.close();
    for (let index = 0; index < 30; index++) desk.watch(conversationId(`other ${index}`)).close();
    stage.socket.say(page([1]));
    expect(second.view().isLoaded).toBe(true);
    expect(stage.sent('watch').filter((frame) => frame.conversationId === id)).toHaveLength(1);
  });

  test('earlier entries come by pages until the beginning', async () => {
    stage.begin(snapshot({}));
    const timeline = desk.watch(id);
    stage.socket.say(page([4, 5]));
    stage.answers.push({ entries: [2, 3].map((seq) => message(id, seq)), hasEarlier: true });
    stage.answers.push({ entries: [message(id, 1)], hasEarlier: false });
    await timeline.loadEarlier();
    await timeline.loadEarlier();
    expect(await timeline.loadEarlier()).toBeNull();
    expect(stage.read).toEqual([
      `/conversations/${id}/timeline?before=4&limit=50`,
      `/conversations/${id}/timeline?before=2&limit=50`,
    ]);
    expect(timeline.view()).toMatchObject({ hasEarlier: false, isComplete: true });
    expect(timeline.view().items).toHaveLength(5);
  });
});
