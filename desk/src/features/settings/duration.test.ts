import { expect, it } from 'vitest';
import { amountText, divided, durationIn, durationText, type Unit } from './duration.ts';

const units = ['minutes', 'hours', 'days'] as const;

it.each([
  [15 * 60_000, 15, 'minutes'],
  [90 * 60_000, 90, 'minutes'],
  [24 * 3_600_000, 1, 'days'],
  [36 * 3_600_000, 36, 'hours'],
  [90_000, 1.5, 'minutes'],
  [0, 0, 'minutes'],
])('R-18.3 %i ms are %f %s', (ms, amount, unit) => {
  expect(divided(ms, units)).toEqual({ amount, unit });
  expect(durationIn(amountText(amount, 'de'), unit as Unit)).toBe(ms);
});

it('R-18.3 a length of time is read with a comma or a point, and only when it is a number', () => {
  expect(durationIn(' 1,5 ', 'hours')).toBe(90 * 60_000);
  expect(durationIn('1.5', 'hours')).toBe(90 * 60_000);
  for (const typed of ['', 'soon', '-1', '1 hour', '1e9', '1.2.3', '∞'])
    expect(durationIn(typed, 'hours'), typed).toBeNull();
});

it('R-18.3 a length of time is said in words of the language', () => {
  expect(durationText(60_000, { units, language: 'en' })).toBe('1 minute');
  expect(durationText(36 * 3_600_000, { units, language: 'de' })).toBe('36 Stunden');
});
