import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { localStorageStorage, type OutboxItem } from './outbox-storage.ts';

const item = (clientId: string): OutboxItem => ({
  clientId,
  kind: 'message.receive',
  input: { text: 'hello' },
  createdAt: 1,
  state: 'waiting',
});

let page: EventTarget;
beforeEach(() => {
  // Keys are properties of a Storage, as `Object.keys` sees them.
  const store = Object.create({
    getItem: (key: string) => store[key] ?? null,
    setItem: (key: string, value: string) => {
      store[key] = value;
    },
    removeItem: (key: string) => {
      delete store[key];
    },
  });
  page = new EventTarget();
  vi.stubGlobal('localStorage', store);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('what one puts in, the next page load finds', () => {
  const storage = localStorageStorage('bell');
  storage.put(item('1'));
  storage.put(item('2'));
  storage.remove('1');
  expect(localStorageStorage('bell').load()).toEqual([item('2')]);
});

test('it leaves alone what others keep there, also under its own name', () => {
  localStorage.setItem('cart', '[]');
  localStorage.setItem('bell:broken', '{');
  localStorage.setItem('bell:foreign', '{"a":1}');
  expect(localStorageStorage('bell').load()).toEqual([]);
  expect(localStorage.getItem('cart')).toBe('[]');
});

test('where the page may not store, nothing throws', () => {
  vi.stubGlobal(
    'localStorage',
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('SecurityError');
        },
        ownKeys: () => {
          throw new Error('SecurityError');
        },
      },
    ),
  );
  const storage = localStorageStorage('bell');
  storage.put(item('1'));
  storage.remove('1');
  expect(storage.load()).toEqual([]);
});

test('it tells of what other tabs put and remove, until one stops listening', () => {
  const told: unknown[] = [];
  const stop = localStorageStorage('bell').listen?.((...what) => told.push(what));
  const change = (key: string | null, newValue: string | null) =>
    page.dispatchEvent(Object.assign(new Event('storage'), { key, newValue }));
  change('bell:1', JSON.stringify(item('1')));
  change('bell:1', null);
  change('cart', '[]');
  change(null, null);
  stop?.();
  change('bell:2', null);
  expect(told).toEqual([
    ['1', item('1')],
    ['1', null],
  ]);
});
