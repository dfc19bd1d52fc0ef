/** Where the 'new' line stands, and whether the person was looking when it was last decided. */
export interface NewLine {
  readThrough: number | null;
  isLooking: boolean;
}

/**
 * The line stays where it is while somebody looks, although what is below it has been read meanwhile.
 * Whoever looks away finds it, on coming back, at the first message that came in between.
 */
export function moveNewLine(
  line: NewLine,
  seen: { isLooking: boolean; markedThrough: number | null },
): NewLine {
  const isAway = line.isLooking && !seen.isLooking;
  const readThrough = isAway ? seen.markedThrough : line.readThrough;
  if (readThrough === line.readThrough && seen.isLooking === line.isLooking) return line;
  return { readThrough, isLooking: seen.isLooking };
}
