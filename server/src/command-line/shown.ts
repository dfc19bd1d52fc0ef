const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** A number of bytes for people: `1.4 GB`. */
export function shownSize(bytes: number): string {
  const step = bytes < 1_000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const number = bytes / 1_000 ** step;
  return `${step === 0 ? number : number.toFixed(1)} ${units[step]}`;
}
