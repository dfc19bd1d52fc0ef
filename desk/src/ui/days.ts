const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The day of a moment here, as a date field has it: `2026-11-26`. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** When a day begins here, in ms; undefined where the field is empty or half filled in. */
export function startOfDay(day: string): number | undefined {
  const at = new Date(`${day}T00:00`).getTime();
  return Number.isNaN(at) || at < 0 ? undefined : at;
}

/** When the day after it begins: days have 23 to 25 hours. */
export function dayAfter(day: string): number | undefined {
  const start = startOfDay(day);
  if (start === undefined) return undefined;
  const date = new Date(start);
  return date.setDate(date.getDate() + 1);
}

/** From the address bar, so checked: a day as `2026-11-26`, else undefined. */
export const dayIn = (value: unknown): string | undefined =>
  typeof value === 'string' && DAY.test(value) && startOfDay(value) !== undefined
    ? value
    : undefined;
