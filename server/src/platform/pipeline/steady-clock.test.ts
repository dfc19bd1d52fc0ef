import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SteadyClock } from './steady-clock.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

it('goes on from the last reading', () => {
  const clock = new SteadyClock();
  expect(clock.now()).toBeNull();
  clock.set(5_000);
  vi.advanceTimersByTime(1_234);
  expect(clock.now()).toBe(6_234);
});

it('knows nothing after ten seconds without a reading', () => {
  const clock = new SteadyClock();
  clock.set(5_000);
  vi.advanceTimersByTime(10_001);
  expect(clock.now()).toBeNull();
});

it.for([3_600_000, -3_600_000])('knows nothing when our own clock was set by %i ms', (byMs) => {
  const clock = new SteadyClock();
  clock.set(5_000);
  vi.setSystemTime(Date.now() + byMs);
  expect(clock.now()).toBeNull();
  clock.set(9_000);
  expect(clock.now()).toBe(9_000);
});
