import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movedBy, wholeCrop, zoomedTo, zoomOf } from './crop.ts';

const side = fc.integer({ min: 1, max: 8000 });

describe('what is cut out of a picture', () => {
  it('R-18.2 begins as the largest square in the middle', () => {
    expect(wholeCrop({ width: 400, height: 100 })).toEqual({ side: 100, left: 150, top: 0 });
  });

  it('R-18.2 goes nearer around its middle', () => {
    const picture = { width: 400, height: 400 };
    expect(zoomedTo(picture, wholeCrop(picture), 2)).toEqual({ side: 200, left: 100, top: 100 });
  });

  it('R-18.2 is a square within the picture, however one drags and zooms', () => {
    const step = fc.record({
      zoom: fc.double({ min: -1, max: 9, noNaN: true }),
      x: fc.double({ min: -3, max: 3, noNaN: true }),
      y: fc.double({ min: -3, max: 3, noNaN: true }),
    });
    fc.assert(
      fc.property(side, side, fc.array(step), (width, height, steps) => {
        const picture = { width, height };
        let crop = wholeCrop(picture);
        for (const { zoom, ...by } of steps)
          crop = movedBy(picture, zoomedTo(picture, crop, zoom), by);
        expect(crop.left).toBeGreaterThanOrEqual(0);
        expect(crop.top).toBeGreaterThanOrEqual(0);
        expect(crop.left + crop.side).toBeLessThanOrEqual(width + 1e-6);
        expect(crop.top + crop.side).toBeLessThanOrEqual(height + 1e-6);
        expect(zoomOf(picture, crop)).toBeGreaterThanOrEqual(1 - 1e-9);
      }),
      { numRuns: 1000 },
    );
  });
});
