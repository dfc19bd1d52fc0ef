import { expect, it } from 'vitest';
import { dayAfter, dayIn, startOfDay } from './days.ts';

it('R-18.3 days of a filter are whole ones where the reader is, and only those that there are', () => {
  expect(new Date(startOfDay('2026-11-26') ?? Number.NaN).getHours()).toBe(0);
  expect(dayAfter('2026-12-31')).toBe(startOfDay('2027-01-01'));
  expect(dayAfter('2028-02-28')).toBe(startOfDay('2028-02-29'));
  expect(['2026-11-26', '2026-13-01', '26.11.2026', 5].map(dayIn)).toEqual([
    '2026-11-26',
    undefined,
    undefined,
    undefined,
  ]);
});
