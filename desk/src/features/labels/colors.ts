import type { Label } from '@deskbell/contract';

/** Told apart at a glance, on light and on dark. */
const colors = [
  '#4f46e5',
  '#15803d',
  '#c22f2f',
  '#0e7490',
  '#8a5a16',
  '#be1f6a',
  '#1d63d8',
  '#7c3aed',
] as const;

/** The colour of a new label: the one that is used least. */
export function nextColor(labels: readonly Label[]): string {
  const uses = (color: string) => labels.filter((label) => label.color === color).length;
  return colors.reduce((least, color) => (uses(color) < uses(least) ? color : least), colors[0]);
}
