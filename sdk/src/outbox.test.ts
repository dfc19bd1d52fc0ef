import { type ClientFrame, errors } from '@deskbell/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Outbox, type OutboxOptions, RETRIED } from './outbox.ts';
import { memoryStorage, type OutboxItem, type OutboxStorage } from './outbox-storage.ts';

const DAY = 86_400_000;

let sent: Extract<ClientFrame, { t: 'command' }>[];
let storage: OutboxStorage;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  storage = memoryStorage();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(options: Partial<OutboxOptions> = {}): Outbox {
  return new Outbox({
    storage,
    send: (frame) => {
      if (frame.t === 'command') sent.push(frame);
      return true;
    },
    onChange: () => undefined,
    retryMs: 1_000,
    ...options,
  });
}

function live(options: Partial<OutboxOptions> = {}): Outbox {
  const outbox = open(options);
  outbox.connected(true);
  return outbox;
}

const about = (conversationId: string) => ({ conversationId, text: '' });
const kinds = () => sent.map(({ kind }) => kind);
const acknowledge = (outbox: Outbox, frame = sent.at(-1)) => {
  if (frame) outbox.answered({ t: 'ack', id: frame.id, position: 7, answer: { seq: 1 } });
};
const refuse = (outbox: Outbox, code: string, more: { retryAfterMs?: number } = {}) => {
  const frame = sent.at(-1);
  if (frame) outbox.answered({ t: 'refused', id: frame.id, code, detail: '', ...more });
};

test('it retries exactly the codes of which the catalogue says so', () => {
  const retried = Object.entries(errors).flatMap(([code, { retry }]) => (retry ? [code] : []));
  expect([...RETRIED].sort()).toEqual(retried.sort());
});

test('one command of a conversation at a time, others at once', () => {
  const outbox = live();
  outbox.add('a1', about('a'));
  outbox.add('a2', about('a'));
  outbox.add('b1', about('b'));
  expect(kinds()).toEqual(['a1', 'b1']);
  acknowledge(outbox, sent[0]);
  expect(kinds()).toEqual(['a1', 'b1', 'a2']);
});

test('the promise is kept with the answer, and the item leaves the storage', async () => {
  const outbox = live();
  const { outcome } = outbox.add('a1', about('a'));
  expect(storage.load()).toHaveLength(1);
  acknowledge(outbox);
  expect(await outcome).toEqual({ position: 7, answer: { seq: 1 } });
  expect(storage.load()).toEqual([]);
  expect(outbox.all()).toEqual([]);
});

test('what was unanswered goes out again on the next connection, under the same id', () => {
  const outbox = live();
  outbox.add('a1', about('a'));
  outbox.connected(false);
  outbox.connected(true);
  expect(sent[0]?.id).toBe(sent[1]?.id);
});

test('a refused one stays as failed with its refusal; what comes after goes on', async () => {
  const outbox = live();
  const { outcome } = outbox.add('a1', about('a'));
  outbox.add('a2', about('a'));
  refuse(outbox, 'taken');
  expect(await outcome).toEqual({ code: 'taken', detail: '' });
  expect(kinds()).toEqual(['a1', 'a2']);
  const [failed] = outbox.inLane('a');
  expect(failed).toMatchObject({ state: 'failed', refusal: { code: 'taken' } });
});

test('a failed one is sent again under the same id when a person wants it', async () => {
  const outbox = live();
  const { clientId } = outbox.add('a1', about('a'));
  refuse(outbox, 'taken');
  const outcome = outbox.retry(clientId);
  expect(sent.map(({ id }) => id)).toEqual([clientId, clientId]);
  acknowledge(outbox);
  expect(await outcome).toHaveProperty('answer');
});

test('a dropped one is never sent, and its promise says so', async () => {
  const outbox = open();
  const { clientId, outcome } = outbox.add('a1', about('a'));
  outbox.drop(clientId);
  outbox.connected(true);
  expect(sent).toEqual([]);
  expect(await outcome).toMatchObject({ code: 'dropped' });
  expect(await outbox.retry(clientId)).toMatchObject({ code: 'dropped' });
});

test('busy: tried again later, and nothing of the conversation overtakes it', () => {
  const outbox = live();
  outbox.add('a1', about('a'));
  outbox.add('a2', about('a'));
  refuse(outbox, 'busy');
  outbox.add('b1', about('b'));
  expect(kinds()).toEqual(['a1', 'b1']);
  vi.advanceTimersByTime(1_000);
  expect(kinds()).toEqual(['a1', 'b1', 'a1']);
});

test('too many: it waits as long as the server says', () => {
  const outbox = live();
  outbox.add('a1', about('a'));
  refuse(outbox, 'too-many', { retryAfterMs: 5_000 });
  vi.advanceTimersByTime(4_999);
  expect(kinds()).toEqual(['a1']);
  vi.advanceTimersByTime(1);
  expect(kinds()).toEqual(['a1', 'a1']);
});

test('older than 25 days: not sent by itself, but shown, and sent when a person wants it', async () => {
  open().add('a1', about('a'));
  vi.advanceTimersByTime(25 * DAY);
  const outbox = live();
  outbox.add('a2', about('a'));
  expect(kinds()).toEqual(['a2']);
  const [old] = outbox.inLane('a');
  expect(old).toMatchObject({ kind: 'a1', state: 'expired' });
  acknowledge(outbox);
  void outbox.retry(old?.clientId ?? '');
  expect(kinds()).toEqual(['a2', 'a1']);
  expect(outbox.inLane('a')).toMatchObject([{ kind: 'a1', state: 'waiting' }]);
});

test('what it did not send, it does not know: answers to others are passed over', () => {
  const outbox = live();
  outbox.answered({ t: 'refused', id: null, code: 'not-found', detail: '' });
  acknowledge(outbox, { t: 'command', id: 'x' as never, kind: '', input: {} });
  expect(outbox.all()).toEqual([]);
});

test('a storage that kept the last words of a process forgets them', () => {
  const item: OutboxItem = {
    clientId: '01a1fb20-3639-7010-95cd-e5a556cbb86e',
    kind: 'a1',
    input: about('a'),
    createdAt: 0,
    state: 'answered',
    answer: { answer: {} },
  };
  storage.put(item);
  expect(live().all()).toEqual([]);
  expect(storage.load()).toEqual([]);
});

test('after stop nothing is sent any more', () => {
  const outbox = live();
  outbox.add('a1', about('a'));
  refuse(outbox, 'busy');
  outbox.stop();
  vi.advanceTimersByTime(DAY);
  expect(kinds()).toEqual(['a1']);
});
