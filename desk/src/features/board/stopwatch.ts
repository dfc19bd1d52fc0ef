import { duration } from '../../ui/relative-time.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

/** A wait as a clock counts it, `0:07`, `12:40`, `3:02:11`; from a day on in days. */
export function stopwatch(ms: number, language: string): string {
  if (ms >= DAY) return duration(ms, language);
  const seconds = Math.floor(ms / SECOND);
  const two = (part: number) => String(part % 60).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (ms < HOUR) return `${minutes}:${two(seconds)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes)}:${two(seconds)}`;
}
