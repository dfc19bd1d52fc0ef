import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { further, Gallery, overhang, rooms, type Screen, Seats, screens } from './gallery.ts';
import { type Opener, openers } from './openers.ts';
import type { Desk } from './stage.ts';

/** Every screen and all that opens over one, in one size, light and dark. */
export function everyScreenSuite(room: keyof typeof rooms): void {
  const [width, height] = rooms[room];
  let gallery: Gallery;
  let seats: Seats;
  beforeAll(async () => {
    gallery = await Gallery.open();
    seats = new Seats(gallery, { viewport: { width, height } });
  });
  afterAll(() => gallery?.close());

  const inBoth = async ({ page }: Desk, look: () => Promise<void>) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await look();
    }
  };

  describe(`on a ${room}, in light and in dark`, () => {
    const all = { ...screens, ...further };
    test.for(Object.keys(all))('axe finds nothing on %s, nothing hangs over', async (name) => {
      const desk = await seats.show(all[name] as Screen);
      await inBoth(desk, async () => expect(await desk.wrongs()).toEqual([]));
      expect(await overhang(desk)).toBe(0);
    });

    test.for(Object.keys(openers))('axe finds nothing in what %s opens', async (file) => {
      const { on, open } = openers[file] as Opener;
      const desk = await seats.show(screens[on] as Screen);
      await open(desk, gallery);
      await inBoth(desk, async () => expect(await desk.wrongs()).toEqual([]));
      await desk.page.setViewportSize({ width, height });
    });
  });
}
