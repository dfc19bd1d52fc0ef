import {
  type AgentId,
  type ContactId,
  DEFAULT_LOOK,
  type OwnConversation,
  type OwnEntry,
  type ServerFrame,
} from '@deskbell/contract';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ContactClient, createContactClient } from './contact-client.ts';
import { ann, changes, conversationId, idOf, message } from './testing/build.ts';
import { ClientStage } from './testing/client-stage.ts';

const id = conversationId('one');
const vera = idOf<ContactId>('vera');
const site = {
  name: 'Shop',
  color: '#123456',
  greeting: 'Hello',
  sign: '#fff',
  look: DEFAULT_LOOK,
  preChat: null,
  isOnline: true,
  usualAnswerMs: null,
};

let stage: ClientStage;
let widget: ContactClient;

beforeEach(() => {
  vi.useFakeTimers();
  stage = new ClientStage();
  widget = createContactClient({ ...stage.options, inbox: 'shop', token: 'x'.repeat(32) });
});
afterEach(() => {
  widget.stop();
  vi.useRealTimers();
});

const conversation = (facts: Partial<OwnConversation> = {}): OwnConversation => ({
  id,
  version: 1,
  status: 'open',
  assigneeId: null,
  openedAt: 1_000,
  closedAt: null,
  closeReason: null,
  ...facts,
});
const ours = (seq: number): OwnEntry =>
  message(id, seq, { author: { kind: 'agent', id: ann as AgentId }, clientId: null });
const begun = (
  entities: Extract<ServerFrame, { t: 'snapshot' }>['entities'] = {},
  through = '',
): ServerFrame => ({
  t: 'snapshot',
  me: { kind: 'contact', id: vera },
  entities,
  through,
  rights: '',
  site,
});
const states = () => widget.store.view.items.map(({ state }) => state);
const idSent = () => stage.sent('command').at(-1)?.id;

test('hello names the inbox and the secret, and goes on from where the conversation was', () => {
  const contact = { inbox: 'shop', token: 'x'.repeat(32) };
  stage.begin(begun({ conversations: [conversation()], entries: [message(id, 1)] }, `${id}:1`));
  stage.socket.say(changes({ entries: [message(id, 2)] }, { through: `${id}:2` }));
  stage.beginAgain(changes({}));
  expect(stage.sent('hello')).toEqual([{ t: 'hello', protocol: 1, contact, through: `${id}:2` }]);
});

describe('the first message', () => {
  test('shows at once, also without a line, and gives way to the stored one', () => {
    void widget.sendMessage('hello');
    expect(states()).toEqual(['sending']);
    expect(widget.store.view.items[0]).toMatchObject({ text: 'hello' });
    stage.begin(begun());
    const clientId = idSent();
    stage.socket.say({
      t: 'ack',
      id: clientId as never,
      answer: { conversationId: id, entryId: 'x', seq: 2 },
    });
    expect(states()).toEqual(['sent']);
    const stored = message(id, 2, { clientId: clientId ?? null });
    stage.socket.say(changes({ conversations: [conversation()], entries: [stored] }));
    expect(states()).toEqual(['stored']);
    expect(widget.store.view.items[0]?.key).toBe(clientId);
  });

  test('dials at once instead of waiting its turn among thousands', () => {
    stage.socket.break();
    void widget.sendMessage('hello');
    expect(stage.sockets).toHaveLength(2);
  });

  test('messages and the end of the chat keep their order', () => {
    void widget.sendMessage('one');
    void widget.end();
    stage.begin(begun());
    expect(stage.sent('command').map(({ kind }) => kind)).toEqual(['message.receive']);
    stage.socket.say({ t: 'ack', id: idSent() as never, answer: { seq: 2 } });
    expect(stage.sent('command').map(({ kind }) => kind)).toEqual([
      'message.receive',
      'conversation.end',
    ]);
  });
});

describe('what our side wrote', () => {
  beforeEach(() => {
    const entries = [message(id, 1), ours(2), ours(4)];
    stage.begin(begun({ conversations: [conversation()], entries }));
  });

  test('is delivered by coming, and unread until it is read', () => {
    stage.socket.say(changes({ entries: [ours(6)] }));
    vi.advanceTimersByTime(500);
    expect(stage.sent('delivered').map(({ seq }) => seq)).toEqual([4, 6]);
    expect(widget.store.view.unread).toBe(3);
    widget.markRead();
    expect(widget.store.view.unread).toBe(0);
    widget.markRead();
    expect(stage.sent('read')).toEqual([{ t: 'read', conversationId: id, seq: 6 }]);
  });

  test('what the server knows as read is not told again', () => {
    const receipt = { id, contactDelivered: 4, contactRead: 4, oursRead: 0 };
    stage.socket.say(changes({ receipts: [receipt] }));
    widget.markRead();
    expect(stage.sent('read')).toEqual([]);
    expect(widget.store.view.receipt).toEqual(receipt);
  });

  test('reading during a break is told afterwards', () => {
    stage.socket.break();
    widget.markRead();
    vi.advanceTimersByTime(20_000);
    stage.begin(changes({}));
    expect(stage.sent('read')).toHaveLength(1);
  });
});

describe('the conversation', () => {
  test('a later one takes the place of a closed one, from its first entry', () => {
    const closed = conversation({ status: 'closed', closedAt: 2_000 });
    stage.begin(begun({ conversations: [closed], entries: [message(id, 1)] }));
    const next = conversationId('two');
    stage.socket.say(
      changes({
        conversations: [conversation({ id: next, openedAt: 3_000 })],
        entries: [message(next, 1), message(next, 2)],
      }),
    );
    expect(widget.store.view.conversation?.id).toBe(next);
    expect(states()).toHaveLength(2);
    expect(widget.store.view.hasEarlier).toBe(false);
  });

  test('gaps in its sequence are no holes', () => {
    stage.begin(begun({ conversations: [conversation()], entries: [message(id, 1)] }));
    stage.socket.say(
      changes({ entries: [message(id, 7)] }),
      changes({ entries: [message(id, 7)] }),
    );
    expect(states()).toHaveLength(2);
  });

  test('earlier entries come by pages, with the faces of who wrote them', async () => {
    stage.begin(begun({ conversations: [conversation()], entries: [message(id, 60)] }));
    expect(widget.store.view.hasEarlier).toBe(true);
    const face = { id: ann, version: 1, name: 'Ann' };
    stage.answers.push({ entries: [message(id, 1), ours(9)], agents: [face], hasEarlier: false });
    expect(await widget.loadEarlier(id)).toBeNull();
    expect(await widget.loadEarlier(id)).toBeNull();
    expect(stage.read).toEqual([`/widget/conversations/${id}/timeline?before=60&limit=50`]);
    expect(widget.store.view).toMatchObject({ hasEarlier: false });
    expect(states()).toHaveLength(3);
    expect(widget.store.agents.get(ann)).toEqual(face);
  });

  test('earlier conversations are loaded beside the current one', async () => {
    stage.begin(begun({ conversations: [conversation()] }));
    const old = conversation({ id: conversationId('old'), openedAt: 1 });
    stage.answers.push({ conversations: [old], agents: [] });
    stage.answers.push({ entries: [message(old.id, 1)], agents: [], hasEarlier: false });
    await widget.loadConversations();
    await widget.loadEarlier(old.id);
    expect(widget.store.view.conversation?.id).toBe(id);
    expect(widget.store.entries(old.id)).toHaveLength(1);
    expect(await widget.loadConversations()).toMatchObject({ code: 'unavailable' });
  });

  test('typing reaches the other side once there is a conversation', () => {
    stage.begin(begun());
    widget.setTyping(true);
    expect(stage.sent('typing')).toEqual([]);
    stage.socket.say(changes({ conversations: [conversation()] }));
    widget.setTyping(true);
    expect(stage.sent('typing')).toHaveLength(1);
    const by = { kind: 'agent', id: ann } as const;
    stage.socket.say({ t: 'typing', conversationId: id, by, isTyping: true });
    expect(widget.store.view.isAgentTyping).toBe(true);
    stage.socket.say(changes({ entries: [ours(2)] }));
    expect(widget.store.view.isAgentTyping).toBe(false);
  });

  test('what the widget shows of its inbox follows what changes', () => {
    stage.begin(begun());
    stage.socket.say({ t: 'site', isOnline: false });
    expect(widget.store.site).toEqual({ ...site, isOnline: false });
  });
});

test('sent away for good: it says why, and comes back when told to', () => {
  stage.begin({ t: 'bye', code: 'not-found', detail: 'There is no inbox with this key' });
  expect(widget.state).toMatchObject({ name: 'stopped', reason: 'not-found' });
  widget.reconnect();
  stage.begin(begun());
  expect(widget.state.name).toBe('live');
});
