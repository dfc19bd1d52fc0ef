import { describe, expect, it, vi } from 'vitest';
import { dayName, daysAgo, duration, exactTime, relativeTime } from './relative-time.ts';

const now = new Date(2026, 10, 20, 12).getTime();
const minutes = (count: number) => count * 60_000;
const ago = (ms: number, language = 'en') => relativeTime(now - ms, now, language);

describe('a time told shortly', () => {
  it('grows coarser with age', () => {
    expect(ago(minutes(0.5))).toBeNull();
    expect(ago(minutes(1))).toBe('1m');
    expect(ago(minutes(59))).toBe('59m');
    expect(ago(minutes(60))).toBe('1h');
    expect(ago(minutes(24 * 60))).toBe('Thu');
    expect(ago(minutes(10 * 24 * 60))).toBe('Nov 10');
    expect(ago(minutes(400 * 24 * 60))).toBe('Oct 16, 2025');
  });

  it('speaks the language', () => {
    expect(ago(minutes(5), 'de')).toBe('5 Min.');
    expect(ago(minutes(24 * 60), 'de')).toBe('Do');
  });

  it('is written as where the reader is', () => {
    vi.stubGlobal('navigator', { languages: ['de-AT', 'en-GB', 'en-US'] });
    // Formats are kept, so that this one is a kind of its own.
    expect(exactTime(now, 'en')).toBe('Friday, 20 November 2026 at 12:00');
    vi.unstubAllGlobals();
  });

  it('takes a clock that is behind for now', () => {
    expect(relativeTime(now + minutes(3), now, 'en')).toBeNull();
  });

  it('names lengths by their largest unit', () => {
    expect(duration(minutes(135), 'en')).toBe('2h');
    expect(duration(minutes(35), 'de')).toBe('35 Min.');
    expect(duration(0, 'en')).toBe('1s');
    expect(duration(minutes(3 * 24 * 60), 'en')).toBe('3d');
  });

  it('counts midnights, not hours', () => {
    const late = new Date(2026, 10, 19, 23, 59).getTime();
    expect(daysAgo(late, now)).toBe(1);
    expect(daysAgo(now, now)).toBe(0);
    // The night in which clocks are put back has 25 hours.
    expect(daysAgo(new Date(2026, 9, 24).getTime(), new Date(2026, 9, 26).getTime())).toBe(2);
  });

  it('leaves the year out while it is this one', () => {
    expect(dayName(now, now, 'en')).toBe('Friday, November 20');
    expect(dayName(new Date(2025, 0, 2).getTime(), now, 'de')).toBe('Donnerstag, 2. Januar 2025');
  });
});
