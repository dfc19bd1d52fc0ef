import { regional } from './regional.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/**
 * How long ago, as short as a card needs it: `now`, `5m`, `3h`, `Mon`, `12 Nov`, `12 Nov 2024`; null
 * within the last minute, for which languages have a word of their own.
 */
export function relativeTime(at: number, now: number, language: string): string | null {
  const ago = now - at;
  if (ago < MINUTE) return null;
  if (ago < DAY) return duration(ago, language);
  const date = new Date(at);
  if (ago < 6 * DAY) return dateFormat(language, { weekday: 'short' }).format(date);
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return dateFormat(language, {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(date);
}

/** A length of time in its largest whole unit: `45s`, `5m`, `3h`, `2d`. Below a second it is one. */
export function duration(ms: number, language: string): string {
  if (ms < MINUTE) return unit(Math.max(1, Math.floor(ms / 1000)), 'second', language);
  if (ms < HOUR) return unit(Math.floor(ms / MINUTE), 'minute', language);
  if (ms < DAY) return unit(Math.floor(ms / HOUR), 'hour', language);
  return unit(Math.floor(ms / DAY), 'day', language);
}

/** The exact moment, for whoever hovers. */
export function exactTime(at: number, language: string): string {
  return dateFormat(language, { dateStyle: 'full', timeStyle: 'short' }).format(at);
}

/** Day and time as short as they stay clear. */
export function shortTime(at: number, language: string): string {
  // As the time of day is written alone: 04:02, or 4:02 am.
  const { hour12 } = dateFormat(language, { hour: 'numeric' }).resolvedOptions();
  return dateFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: hour12 ? 'numeric' : '2-digit',
    minute: '2-digit',
  }).format(at);
}

/** The time of day. */
export function timeOfDay(at: number, language: string): string {
  return dateFormat(language, { timeStyle: 'short' }).format(at);
}

/** The day with its weekday, and its year when that is another one. */
export function dayName(at: number, now: number, language: string): string {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return dateFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** How many midnights lie between, by the reader's calendar: 0 today, 1 yesterday. */
export function daysAgo(at: number, now: number): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / DAY);
}

function unit(count: number, name: string, language: string): string {
  const key = `${language}:${name}`;
  const format = (formats.get(key) ??
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      unitDisplay: 'narrow',
    })) as Intl.NumberFormat;
  formats.set(key, format);
  return format.format(count);
}

/** Kept, because making one costs a thousand times as much as using it. */
function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}:${JSON.stringify(options)}`;
  const format = (formats.get(key) ??
    new Intl.DateTimeFormat(regional(language), options)) as Intl.DateTimeFormat;
  formats.set(key, format);
  return format;
}
