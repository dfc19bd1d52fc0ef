/** `--small`: whether a bench runs at all, in seconds; its figures say nothing. */
const isSmall = process.argv.includes('--small');

export const sized = (full: number, small: number): number => (isSmall ? small : full);
