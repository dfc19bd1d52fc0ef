import { afterEach, expect, test, vi } from 'vitest';
import { noLock, type TabLock, webLock } from './tab-lock.ts';

// Node 24 has Web Locks of its own; each lock below stands for a tab.
const tabs: TabLock[] = [];
let count = 0;
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.release();
  count++;
});

function open() {
  const tab = { isHeld: false, changes: 0 };
  const lock = webLock(`outbox ${count}`, (isHeld) => {
    tab.isHeld = isHeld;
    tab.changes++;
  });
  tabs.push(lock);
  return Object.assign(tab, { lock });
}

const until = (holds: () => void) => vi.waitFor(holds, { interval: 1 });

test('one tab holds it; the next does when that one gives it back', async () => {
  const [first, second] = [open(), open()];
  first.lock.ask(false);
  await until(() => expect(first.isHeld).toBe(true));
  second.lock.ask(false);
  first.lock.release();
  await until(() => expect([first.isHeld, second.isHeld]).toEqual([false, true]));
});

test('the tab that a person writes in takes it over, and gives it back to the other when it closes', async () => {
  const [first, second] = [open(), open()];
  first.lock.ask(false);
  await until(() => expect(first.isHeld).toBe(true));
  second.lock.ask(true);
  await until(() => expect([first.isHeld, second.isHeld]).toEqual([false, true]));
  second.lock.release();
  await until(() => expect([first.isHeld, second.isHeld]).toEqual([true, false]));
});

test('a tab that no longer wants it does not get it', async () => {
  const [first, second] = [open(), open()];
  first.lock.ask(false);
  await until(() => expect(first.isHeld).toBe(true));
  second.lock.ask(false);
  second.lock.release();
  first.lock.release();
  await until(() => expect(first.isHeld).toBe(false));
  expect(second.changes).toBe(0);
});

test('asked for again before it was given back for good, it is held again', async () => {
  const tab = open();
  tab.lock.ask(false);
  await until(() => expect(tab.isHeld).toBe(true));
  tab.lock.release();
  tab.lock.ask(false);
  await until(() => expect(tab.changes).toBe(3));
  expect(tab.isHeld).toBe(true);
});

test('without Web Locks every tab holds it at once', () => {
  vi.stubGlobal('navigator', undefined);
  const tab = open();
  tab.lock.ask(false);
  expect(tab.isHeld).toBe(true);
  vi.unstubAllGlobals();
});

test('an outbox that nobody shares always has its turn while it is live', () => {
  const turns: boolean[] = [];
  const lock = noLock((isHeld) => turns.push(isHeld));
  lock.ask(true);
  lock.release();
  expect(turns).toEqual([true, false]);
});
