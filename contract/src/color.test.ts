import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fillOf, inkOn, signOn } from './color.ts';

const hex = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

it('R-9.1 text on the inbox colour can be read, whatever colour it is', () => {
  fc.assert(
    fc.property(hex, (color) => {
      const { fill, text } = fillOf(color);
      expect(contrast(fill, text === '#fff' ? '#ffffff' : text)).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 2_000 },
  );
});

it.each(['#f1f3f5', '#26292f'])('R-9.1 the inbox colour as text on %s can be read', (surface) => {
  fc.assert(
    fc.property(hex, (color) => {
      expect(contrast(inkOn(surface, color), surface)).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 2_000 },
  );
});

it('a colour that can be read stays itself', () => {
  expect(fillOf('#4f46e5')).toEqual({ fill: '#4f46e5', text: '#fff' });
  expect(fillOf('#ffd400')).toEqual({ fill: '#ffd400', text: '#16181d' });
});

it('the launcher has a light sign on dark colours and a dark one on light', () => {
  expect(signOn('#4f46e5')).toBe('#fff');
  expect(signOn('#ffd400')).toBe('#16181d');
});

/** As WCAG 2.2 has it, written down a second time. */
function contrast(one: string, other: string): number {
  const light = [one, other].map((color) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  });
  return Math.max(...light) / Math.min(...light);
}
