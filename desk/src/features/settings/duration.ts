/** Lengths of time as people write them. */
export const unitMs = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
} as const;
export type Unit = keyof typeof unitMs;

/** In the largest unit of those offered in which it is whole, else in the smallest. */
export function divided(ms: number, units: readonly Unit[]): { amount: number; unit: Unit } {
  const ascending = [...units].sort((left, right) => unitMs[left] - unitMs[right]);
  const whole = ascending.filter((unit) => ms > 0 && ms % unitMs[unit] === 0);
  const unit = whole.at(-1) ?? ascending[0] ?? 'minutes';
  return { amount: ms / unitMs[unit], unit };
}

const NUMBER = /^\d{1,9}([.,]\d{1,6})?$/;

/** What was typed, with a comma or a point, in ms; null: it is no number. */
export function durationIn(typed: string, unit: Unit): number | null {
  const text = typed.trim();
  if (!NUMBER.test(text)) return null;
  return Math.round(Number(text.replace(',', '.')) * unitMs[unit]);
}

/** The unit as it follows that amount: 1 `day`, 2 `days`. */
export function unitWord(amount: number, unit: Unit, language: string): string {
  const parts = new Intl.NumberFormat(language, unitStyle(unit)).formatToParts(amount);
  return parts.find(({ type }) => type === 'unit')?.value ?? unit;
}

/** `15 minutes`, `1.5 hours`. */
export function durationText(
  ms: number,
  { units, language }: { units: readonly Unit[]; language: string },
): string {
  const { amount, unit } = divided(ms, units);
  return new Intl.NumberFormat(language, {
    ...unitStyle(unit),
    maximumFractionDigits: 2,
  }).format(amount);
}

const unitStyle = (unit: Unit) =>
  ({ style: 'unit', unit: unit.slice(0, -1), unitDisplay: 'long' }) as const;

/** An amount as it stands in its field: with the language's own comma, without anything between thousands. */
export const amountText = (amount: number, language: string): string =>
  new Intl.NumberFormat(language, { useGrouping: false, maximumFractionDigits: 6 }).format(amount);
