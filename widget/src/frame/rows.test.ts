import type { Entry, Receipt } from '@deskbell/contract';
import { storedItem, type TimelineItem } from '@deskbell/sdk/overlay';
import { expect, it } from 'vitest';
import { type MessageRow, type Row, rowsOf } from './rows.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const start = Date.parse('2026-11-20T12:00:00Z');

/** A message of Ann's ('ann') or of the visitor's ('own'), so many ms after the start. */
const message = (seq: number, who: 'ann' | 'own', ms = 0): TimelineItem =>
  storedItem({
    kind: 'message',
    id: `entry ${seq}`,
    conversationId: 'c',
    seq,
    at: start + ms,
    author: who === 'own' ? { kind: 'contact', id: 'v' } : { kind: 'agent', id: 'ann' },
    text: `text ${seq}`,
    clientId: who === 'own' ? `client ${seq}` : null,
  } as unknown as Entry);
const activity = (seq: number, what: object): TimelineItem =>
  storedItem({
    kind: 'activity',
    id: `entry ${seq}`,
    conversationId: 'c',
    seq,
    at: start,
    author: { kind: 'system' },
    activity: what,
  } as unknown as Entry);
const pending = (state: 'sending' | 'failed', id: string): TimelineItem => ({
  state,
  key: id,
  clientId: id,
  text: id,
  at: start,
  refusal: null,
});
const rows = (items: TimelineItem[], given: { oursRead?: number; readUpTo?: number } = {}) =>
  rowsOf(items, {
    receipt: {
      id: 'c',
      contactDelivered: 0,
      contactRead: 0,
      oursRead: given.oursRead ?? 0,
    } as Receipt,
    readUpTo: given.readUpTo ?? null,
    dayNumber: (at) => Math.floor(at / DAY),
  });
const messagesOf = (given: Row[]) =>
  given.filter((row): row is MessageRow => row.kind === 'message');
const ends = (given: Row[]) =>
  messagesOf(given).map(({ isFirst, isLast }) => `${isFirst ? '[' : ''}${isLast ? ']' : ''}`);

it('R-9.1 messages of one author in a short time are one group', () => {
  expect(
    ends(rows([message(1, 'own'), message(2, 'own', MINUTE), message(3, 'ann', MINUTE)])),
  ).toEqual(['[', ']', '[]']);
  expect(ends(rows([message(1, 'own'), message(2, 'own', 6 * MINUTE)]))).toEqual(['[]', '[]']);
});

it('R-9.1 a new day, an activity and the unread line part groups', () => {
  expect(rows([message(1, 'ann'), message(2, 'ann', DAY)]).map(({ kind }) => kind)).toEqual([
    'day',
    'message',
    'day',
    'message',
  ]);
  expect(
    ends(rows([message(1, 'ann'), activity(2, { what: 'reopened' }), message(3, 'ann')])),
  ).toEqual(['[]', '[]']);
  const marked = rows([message(1, 'ann'), message(2, 'ann'), message(3, 'ann')], { readUpTo: 1 });
  expect(marked.map(({ kind }) => kind)).toEqual([
    'day',
    'message',
    'unread',
    'message',
    'message',
  ]);
});

it('R-9.1 the unread line stands above the first message of our side alone', () => {
  const kinds = rows([message(1, 'ann'), message(2, 'own'), message(3, 'ann')], {
    readUpTo: 1,
  }).map(({ kind }) => kind);
  expect(kinds).toEqual(['day', 'message', 'message', 'unread', 'message']);
});

it('R-5.2 how far it came is told once, below the newest it is true of', () => {
  const states = (given: Row[]) => messagesOf(given).map(({ delivery }) => delivery);
  expect(states(rows([message(1, 'own'), message(2, 'own')], { oursRead: 1 }))).toEqual([
    null,
    'sent',
  ]);
  expect(states(rows([message(1, 'own'), message(2, 'own')], { oursRead: 2 }))).toEqual([
    null,
    'read',
  ]);
  expect(
    states(rows([message(1, 'own'), pending('failed', 'x'), pending('sending', 'y')])),
  ).toEqual(['sent', 'failed', 'sending']);
});

it('that the conversation was opened is no news to whoever opened it', () => {
  expect(rows([activity(1, { what: 'opened' })])).toEqual([]);
});
