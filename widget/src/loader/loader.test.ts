import type { ServerFrame } from '@deskbell/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepUnder } from './kept.ts';
import { newToken, visitorToken } from './token.ts';
import { Unread } from './unread.ts';

let hear: (event: { key: string | null; newValue: string | null }) => void;
beforeEach(() => {
  vi.stubGlobal('addEventListener', (_: string, listener: typeof hear) => {
    hear = listener;
  });
  vi.stubGlobal('localStorage', {});
});
afterEach(() => vi.unstubAllGlobals());

it('R-9.4 the secret is 32 random bytes, and fits into a header and a frame', () => {
  const tokens = Array.from({ length: 100 }, newToken);
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) expect(token).toMatch(/^(\d{1,3}-){31}\d{1,3}$/);
});

it('R-9.4 the secret is the same on the next page', async () => {
  const first = await visitorToken(
    keepUnder('deskbell ', () => undefined),
    'lock',
  );
  const next = await visitorToken(
    keepUnder('deskbell ', () => undefined),
    'lock',
  );
  expect(next).toBe(first);
});

it('R-9.4 where storage is denied, all is kept as long as the page lives', async () => {
  vi.stubGlobal(
    'localStorage',
    new Proxy(
      {},
      {
        set: () => {
          throw new Error('denied');
        },
      },
    ),
  );
  const kept = keepUnder('deskbell ', () => undefined);
  expect(kept.isShared).toBe(false);
  const token = await visitorToken(kept, 'lock');
  expect(await visitorToken(kept, 'lock')).toBe(token);
  kept.set('draft', 'Hi');
  expect(kept.all()).toEqual({ token, draft: 'Hi' });
});

it('what others keep in the same storage is left alone', () => {
  localStorage.theirs = '1';
  const told: unknown[] = [];
  const kept = keepUnder('deskbell ', (...news) => told.push(news));
  kept.set('mute', '1');
  hear({ key: 'theirs', newValue: '2' });
  hear({ key: 'deskbell mute', newValue: null });
  hear({ key: null, newValue: null });
  expect(kept.all()).toEqual({ mute: '1' });
  expect(told).toEqual([['mute', null]]);
  kept.set('mute', null);
  expect({ ...localStorage }).toEqual({ theirs: '1' });
});

const entries = (...seqs: number[]) =>
  ({
    t: 'changes',
    entities: {
      entries: seqs.map((seq) => ({
        conversationId: 'c1',
        kind: 'message',
        seq,
        author: { kind: 'agent' },
      })),
    },
  }) as unknown as ServerFrame;
const receipt = (contactRead: number) =>
  ({
    t: 'changes',
    entities: { receipts: [{ id: 'c1', contactRead, contactDelivered: contactRead }] },
  }) as unknown as ServerFrame;

it('R-9.1 the badge counts what was written and not yet read, each message once', () => {
  const unread = new Unread(() => undefined);
  unread.hear([entries(2, 3), entries(3)]);
  expect([unread.count, unread.isUndelivered]).toEqual([2, true]);
  unread.hear([receipt(2)]);
  expect(unread.count).toBe(1);
  unread.hear([receipt(3)]);
  expect([unread.count, unread.isUndelivered]).toEqual([0, false]);
  unread.hear([receipt(1)]);
  expect(unread.count).toBe(0);
});
