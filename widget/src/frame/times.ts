import type { Language } from './words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ROUND_MINUTES = [1, 2, 3, 5, 10, 15, 20, 30, 45];

/** When something was said, as people say it. `now` is handed in, in ms since 1970. */
export interface Times {
  /** "just now", "5 minutes ago", then the time of day. */
  relative(at: number, now: number): string;
  /** Day and time in full, for whoever asks. */
  exact(at: number): string;
  /** The day as a mark between messages. */
  day(at: number, now: number): string;
  number(value: number): string;
  /** A stretch of time as one would say it, rounded up: "5 minutes", "2 hours". */
  length(ms: number): string;
}

export function timesIn({ locale, words }: Language, timeZone?: string): Times {
  const zone = timeZone === undefined ? {} : { timeZone };
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, ...zone });
  const clock = format({ hour: 'numeric', minute: '2-digit' });
  const exact = format({ dateStyle: 'full', timeStyle: 'medium' });
  const weekday = format({ weekday: 'long', day: 'numeric', month: 'long' });
  const date = format({ day: 'numeric', month: 'long', year: 'numeric' });
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
  const numbers = new Intl.NumberFormat(locale);
  const counted = (count: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  const dayNumber = dayNumberIn(timeZone);
  return {
    relative(at, now) {
      if (now - at < MINUTE) return words.justNow;
      if (now - at < HOUR) return ago.format(-Math.floor((now - at) / MINUTE), 'minute');
      return clock.format(at);
    },
    exact: (at) => exact.format(at),
    day(at, now) {
      const age = dayNumber(now) - dayNumber(at);
      if (age <= 0) return words.today;
      if (age === 1) return words.yesterday;
      return (age < 300 ? weekday : date).format(at);
    },
    number: (value) => numbers.format(value),
    length(ms) {
      const minutes = ROUND_MINUTES.find((round) => ms <= round * MINUTE);
      if (minutes) return counted(minutes, 'minute');
      const hours = Math.ceil(ms / HOUR);
      return hours < 48 ? counted(hours, 'hour') : counted(Math.ceil(hours / 24), 'day');
    },
  };
}

/** Counts calendar days where the reader is, so that two times on one day are equal. */
export function dayNumberIn(timeZone?: string): (at: number) => number {
  if (timeZone === undefined)
    return (at) => {
      const date = new Date(at);
      return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / (24 * HOUR);
    };
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return (at) => Date.parse(`${format.format(at)}T00:00:00Z`) / (24 * HOUR);
}
