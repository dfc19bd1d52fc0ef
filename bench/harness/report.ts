import { availableParallelism } from 'node:os';
import type { Spread } from './statistics.ts';

/** What one bench found. `holds` is null where there is no target to hold. */
export interface Outcome {
  bench: string;
  figures: Record<string, unknown>;
  /** Deskbell by baseline, in the same run on the same machine. */
  ratio?: number;
  target: string;
  holds: boolean;
}

/** A line for people; with `--json` it stays on the screen above the object. */
export function say(line = ''): void {
  console.log(line);
}

/** What a reader must know to believe the figures below. */
export function sayMachine(durability: object): void {
  const settings = Object.entries(durability).map(([name, value]) => `${name}=${value}`);
  say(`${availableParallelism()} cores; ${settings.join(' ')}`);
}

/** Columns aligned, numbers to the right. */
export function sayTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [head, ...rows])
    say(
      `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`,
    );
}

export function sayOutcome({ bench, ratio, target, holds }: Outcome): void {
  say();
  if (ratio !== undefined) say(`${bench}: ratio ${ratio.toFixed(3)}`);
  say(`${bench}: target ${target}: ${holds ? 'holds' : 'MISSED'}`);
}

export const shown = ({ median, min, max }: Spread, digits = 0): string =>
  `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
