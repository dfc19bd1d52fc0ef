import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { misfitsOf } from './fit.ts';
import {
  conversation,
  further,
  Gallery,
  heading,
  inboxTopic,
  leadOn,
  overhang,
  rooms,
  type Screen,
  Seats,
  screens,
} from './gallery.ts';
import { openers } from './openers.ts';
import type { Desk } from './stage.ts';

let gallery: Gallery;
beforeAll(async () => {
  gallery = await Gallery.open();
});
afterAll(() => gallery.close());

const sources = new URL('../../desk/src/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, sources), 'utf8');

test('every route has its screen here', () => {
  const paths = [...read('app/router.tsx').matchAll(/\bpath: '([^']+)'/g)].map(([, path]) => path);
  expect(Object.keys(screens).sort()).toEqual(
    paths.filter((path) => !leadOn.has(path ?? '')).sort(),
  );
});

test('everything that opens has its opener here', () => {
  const files = globSync('**/*.tsx', { cwd: sources })
    .filter((file) => !/^(ui|features\/pieces)\//.test(file))
    .filter((file) => /<(Dialog|Palette|Menu|Popover)[\s<>.]/.test(read(file)));
  expect(Object.keys(openers).sort()).toEqual(files.sort());
});

test('axe looks into frames as well, and finds what is wrong there', async () => {
  const seats = new Seats(gallery, {});
  const desk = await seats.show(screens[inboxTopic] as Screen);
  const spoil = () => {
    const picture = document.createElement('img');
    picture.src = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
    document.body.append(picture);
  };
  for (const frame of desk.page.frames()) await frame.evaluate(spoil);
  expect(desk.page.frames().length).toBeGreaterThan(1);
  const wrongs = await desk.wrongs();
  const pictures = wrongs.filter((wrong) => wrong.startsWith('image-alt'));
  expect(pictures).toHaveLength(desk.page.frames().length);
  await seats.close();
});

describe('when the server fails', () => {
  // Of all others what they show comes over the stream.
  const asking = Object.entries({ ...screens, ...further }).filter(([name]) =>
    /audit|account|notifications|'s site|closed/.test(name),
  );
  let seats: Seats;
  beforeAll(() => {
    seats = new Seats(gallery, { viewport: { width: 1440, height: 900 } });
  });
  afterAll(() => seats.close());

  test.for(asking)('%s says so, with a way to ask again', async ([, screen]) => {
    const desk = await seats.show(screen);
    const { page } = desk;
    let isFailing = true;
    await page.route('**/api/v1/**', (route) => {
      const isSelf = new URL(route.request().url()).pathname.endsWith('/api/v1/me');
      return isFailing && !isSelf ? route.fulfill({ status: 500, body: '' }) : route.continue();
    });
    await page.reload();
    const again = page.getByRole('button', { name: 'Try again' });
    await again.first().waitFor();
    expect(await page.locator('[aria-busy="true"]').count()).toBe(0);
    expect(await desk.wrongs()).toEqual([]);
    isFailing = false;
    // Some ask again by themselves meanwhile.
    await expect
      .poll(async () => {
        for (const button of await again.all())
          await button.click({ timeout: 1_000 }).catch(() => undefined);
        return again.count();
      })
      .toBe(0);
    await screen.ready(desk);
    await page.unroute('**/api/v1/**');
  });
});

describe('from right to left, in a language nobody speaks', () => {
  const mirror = async (desk: Desk) => {
    const isNews = await desk.page.evaluate(() => {
      const before = localStorage.getItem('deskbell.language');
      localStorage.setItem('deskbell.language', 'mirrored');
      return before !== 'mirrored';
    });
    if (isNews) await desk.page.reload();
    await heading(desk);
  };

  test.for(Object.entries(rooms))(
    'axe finds nothing on a %s, nothing hangs over',
    async ([, [width, height]]) => {
      const seats = new Seats(gallery, { viewport: { width, height } });
      for (const screen of Object.values(screens)) {
        const desk = await seats.show({ ...screen, ready: mirror });
        expect(await desk.wrongs()).toEqual([]);
        expect(await overhang(desk)).toBe(0);
        expect([desk.page.url(), await misfitsOf(desk.page, [])]).toEqual([desk.page.url(), []]);
      }
      await seats.close();
    },
  );

  test('nothing runs out of what opens', async () => {
    const [width, height] = rooms.phone;
    const seats = new Seats(gallery, { viewport: { width, height } });
    const wrong: Record<string, string[]> = {};
    for (const [file, { on, open }] of Object.entries(openers)) {
      const desk = await seats.show({ ...(screens[on] as Screen), ready: mirror });
      await open(desk, gallery);
      const misfits = await misfitsOf(desk.page, []);
      if (misfits.length > 0) wrong[file] = misfits;
    }
    await seats.close();
    expect(wrong).toEqual({});
  });

  test('the desk begins at the right, and every word that is ours is translated', async () => {
    const seats = new Seats(gallery, {});
    const desk = await seats.show({ ...(screens[conversation] as Screen), ready: mirror });
    await desk.page.locator('[data-message]').first().waitFor();
    const rail = desk.page.getByRole('navigation').first();
    expect((await rail.boundingBox())?.x).toBeGreaterThan(1_300);
    const plain = await desk.page.evaluate(() => {
      const walker = document.createTreeWalker(
        document.getElementById('root') as Node,
        NodeFilter.SHOW_TEXT,
      );
      const texts = new Set<string>();
      while (walker.nextNode()) texts.add(walker.currentNode.textContent?.trim() ?? '');
      return [...texts].filter((text) => /\p{L}{2}/u.test(text) && !text.includes('⟦'));
    });
    // What people wrote and are called; dates come from the browser.
    const theirs = [
      'Ann',
      'Hello',
      'Refund',
      'Shop',
      'Where',
      'Wholesale',
      'https://shop.example/a',
    ];
    const words = plain.filter((text) => !/^\d/.test(text)).sort();
    expect(words).toEqual([...theirs, 'is my parcel?', 'one', 'one two', 'two']);
    await seats.close();
  });
});
