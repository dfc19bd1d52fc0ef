import { describe, expect, it } from 'vitest';
import { moveNewLine } from './new-line.ts';

describe('the new line', () => {
  it('stays while somebody looks, however far they read', () => {
    const line = { readThrough: 4, isLooking: true };
    expect(moveNewLine(line, { isLooking: true, markedThrough: 9 })).toBe(line);
  });

  it('moves behind what was read when they look away, and stands there when they are back', () => {
    const away = moveNewLine(
      { readThrough: 4, isLooking: true },
      { isLooking: false, markedThrough: 9 },
    );
    expect(away).toEqual({ readThrough: 9, isLooking: false });
    expect(moveNewLine(away, { isLooking: false, markedThrough: 9 })).toBe(away);
    expect(moveNewLine(away, { isLooking: true, markedThrough: 12 })).toEqual({
      readThrough: 9,
      isLooking: true,
    });
  });
});
