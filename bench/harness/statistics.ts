/** Of an ascending list; `share` from 0 to 1 (nearest rank). */
export function percentile(ascending: ArrayLike<number>, share: number): number {
  const rank = Math.ceil(ascending.length * share) - 1;
  return ascending[Math.min(Math.max(rank, 0), ascending.length - 1)] ?? Number.NaN;
}

export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** Median and extremes of a few runs. */
export function spreadOf(values: readonly number[]): Spread {
  const ascending = values.toSorted((one, other) => one - other);
  return {
    median: percentile(ascending, 0.5),
    min: ascending[0] ?? Number.NaN,
    max: ascending.at(-1) ?? Number.NaN,
  };
}

export const rounded = (value: number, digits = 0): number => Number(value.toFixed(digits));

export const roundedSpread = ({ median, min, max }: Spread, digits = 0): Spread => ({
  median: rounded(median, digits),
  min: rounded(min, digits),
  max: rounded(max, digits),
});
