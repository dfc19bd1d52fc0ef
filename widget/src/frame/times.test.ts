import { expect, it } from 'vitest';
import { dayNumberIn, timesIn } from './times.ts';
import { languageFor } from './words.ts';

const zone = 'Europe/Berlin';
const english = timesIn(languageFor('en-GB'), zone);
const german = timesIn(languageFor('de'), zone);
const now = Date.parse('2026-11-20T12:00:00Z');
const ago = (ms: number) => now - ms;
const MINUTE = 60_000;

it('times are said as people say them, in their language', () => {
  expect(english.relative(ago(20_000), now)).toBe('just now');
  expect(english.relative(ago(5 * MINUTE), now)).toBe('5 min ago');
  expect(german.relative(ago(5 * MINUTE), now)).toBe('vor 5 Min.');
  expect(english.relative(ago(90 * MINUTE), now)).toBe('11:30');
  expect(german.relative(ago(90 * MINUTE), now)).toBe('11:30');
});

it('a clock that runs ahead of ours does not speak of the future', () => {
  expect(english.relative(now + 30 * MINUTE, now)).toBe('just now');
  expect(english.day(now + 30 * 60 * MINUTE, now)).toBe('Today');
});

it('R-4.3 a stretch of time is rounded up to what one would say', () => {
  const said = (minutes: number) => [
    english.length(minutes * MINUTE),
    german.length(minutes * MINUTE),
  ];
  expect(said(0.2)).toEqual(['1 minute', '1 Minute']);
  expect(said(4)).toEqual(['5 minutes', '5 Minuten']);
  expect(said(46)).toEqual(['1 hour', '1 Stunde']);
  expect(said(60 * 30)).toEqual(['30 hours', '30 Stunden']);
  expect(said(60 * 49)).toEqual(['3 days', '3 Tage']);
});

it('days are those of the reader, not those of Greenwich', () => {
  const lateThere = Date.parse('2026-11-19T23:30:00Z');
  expect(english.day(lateThere, now)).toBe('Today');
  expect(timesIn(languageFor('en-GB'), 'America/New_York').day(lateThere, now)).toBe('Yesterday');
  expect(german.day(Date.parse('2026-11-10T12:00:00Z'), now)).toBe('Dienstag, 10. November');
  expect(english.day(Date.parse('2024-02-29T12:00:00Z'), now)).toBe('29 February 2024');
});

it('a day has one number, also when the clocks change', () => {
  const number = dayNumberIn(zone);
  expect(number(Date.parse('2026-10-25T22:59:00Z'))).toBe(
    number(Date.parse('2026-10-24T22:01:00Z')),
  );
  expect(
    number(Date.parse('2026-10-25T23:01:00Z')) - number(Date.parse('2026-10-25T22:59:00Z')),
  ).toBe(1);
});
