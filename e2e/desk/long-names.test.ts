import { afterAll, beforeAll, expect, test } from 'vitest';
import { Chat, Site } from '../widget/stage.ts';
import { misfitsOf } from './fit.ts';
import { conversation, further, Gallery, rooms, type Screen, Seats, screens } from './gallery.ts';
import { rename } from './long-names.ts';
import { openers } from './openers.ts';
import type { Desk } from './stage.ts';

let gallery: Gallery;
let all: Awaited<ReturnType<typeof rename>>;
let seats: Seats;
beforeAll(async () => {
  gallery = await Gallery.open();
  all = await rename(gallery);
  seats = new Seats(gallery, {});
});
afterAll(() => gallery?.close());

const sizes = { phone: rooms.phone, laptop: rooms.laptop };

/** It is all there, whatever it is called. */
const settled = async ({ page }: Desk) => {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('.skeleton-pulse').first().waitFor({ state: 'hidden' });
};
const spoken = async ({ page }: Desk) => {
  await page.locator('[data-message]').first().waitFor();
};
const logged = async ({ page }: Desk) => {
  await page.locator('main li time').first().waitFor();
};
const readiness: Record<string, Screen['ready']> = {
  [conversation]: spoken,
  '/settings/audit': logged,
};
const anew = (name: string): Screen => ({
  ...({ ...screens, ...further }[name] as Screen),
  ready: readiness[name] ?? settled,
});

async function resize({ page }: Pick<Desk, 'page'>, [width, height]: readonly [number, number]) {
  await page.setViewportSize({ width, height });
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

test('what is cut above or below is seen, and what one can scroll to, or what has a sign at its end, is not', async () => {
  const page = await gallery.stage.browser.newPage();
  const box = (style: string, text: string, inner = '') =>
    `<div style="width: 200px; height: 30px; font: 16px/20px sans-serif; ${style}"><p style="margin: 0; ${inner}">${text}</p></div>`;
  const lines = 'one<br>two<br>three';
  await page.setContent(
    [
      box('overflow: hidden', `${lines} too long`),
      box('overflow: clip', 'too high', 'position: relative; top: -10px'),
      box('contain: strict', `${lines} contained`),
      box('overflow: hidden', 'in its place'),
      box('overflow: auto', `${lines} to be scrolled to`),
      box('overflow: hidden; height: 20px', 'inside', 'height: 20px; overflow: auto'),
      box(
        'display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 1; overflow: hidden; height: 20px',
        `${lines} with a sign`,
      ),
    ].join(''),
  );
  const misfits = await misfitsOf(page, []);
  expect([...new Set(misfits.map((each) => each.replace(/.*“|”/g, '')))]).toEqual([
    'onetwothree too long',
    'too high',
    'onetwothree contained',
  ]);
  await page.close();
});

test('every screen has room for names at their longest', async () => {
  const wrong: Record<string, string[]> = {};
  const shown = Object.fromEntries(
    Object.keys({ ...screens, ...further }).map((name) => [name, anew(name)]),
  );
  shown.full = { who: 'ann', path: () => `/mine/${all.conversationId}`, ready: spoken };
  shown.invited = {
    path: () => `/invitations/${all.invited}`,
    ready: settled,
    isSignedOut: true,
  };
  for (const [name, screen] of Object.entries(shown)) {
    const desk = await seats.show(screen);
    for (const [room, size] of Object.entries(sizes)) {
      await resize(desk, size);
      const misfits = await misfitsOf(desk.page, all.names);
      if (misfits.length > 0) wrong[`${name} on a ${room}`] = misfits;
    }
  }
  expect(wrong).toEqual({});
});

test('and so has all that opens', async () => {
  const wrong: Record<string, string[]> = {};
  for (const [file, { on, open }] of Object.entries(openers)) {
    const desk = await seats.show(anew(on));
    await resize(desk, sizes.phone);
    await open(desk, gallery);
    const misfits = await misfitsOf(desk.page, all.names);
    if (misfits.length > 0) wrong[file] = misfits;
  }
  expect(wrong).toEqual({});
});

test('and so they stand from right to left', async () => {
  const wrong: Record<string, string[]> = {};
  const mirrored = new Seats(gallery, {});
  const desk = await mirrored.show(anew(conversation));
  await desk.page.evaluate(() => localStorage.setItem('deskbell.language', 'mirrored'));
  for (const path of [`/mine/${all.conversationId}`, '/mine', '/board']) {
    const screen: Screen = { who: 'ann', path: () => path, ready: settled };
    await mirrored.show(screen);
    for (const [room, size] of Object.entries(sizes)) {
      await resize(desk, size);
      const misfits = await misfitsOf(desk.page, all.names);
      if (misfits.length > 0) wrong[`${path} on a ${room}`] = misfits;
    }
  }
  await mirrored.close();
  expect(wrong).toEqual({});
});

test('R-9.2 and so has the chat', async () => {
  const { world, browser } = gallery.stage;
  const site = await Site.open(world.url, world.inbox.key);
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  const wrong: Record<string, string[]> = {};
  await resize({ page }, sizes.laptop);
  await page.goto(site.url);
  const chat = new Chat(page);
  await chat.clickLauncher();
  const frame = await chat.frame();
  const look = async (at: string) => {
    for (const [room, size] of Object.entries(sizes)) {
      await resize({ page }, size);
      const misfits = await misfitsOf(frame, all.names);
      if (misfits.length > 0) wrong[`${at} on a ${room}`] = misfits;
    }
  };
  await frame.getByRole('button', { name: 'Start chat' }).waitFor();
  await look('the questions');
  await frame.getByRole('checkbox').check();
  await frame.getByRole('button', { name: 'Start chat' }).click();
  await (await chat.field()).waitFor();
  await look('the greeting');
  await chat.write('Hello from the shop');
  await frame
    .locator('.own')
    .getByText(/Sent|Read/)
    .waitFor();
  const [row] = await world.server.engine.pool<{ id: string }[]>`
    select conversation_id as id from timeline where text = 'Hello from the shop'`;
  const on = { conversationId: row!.id };
  await world.act(world.ann, 'conversation.accept', on);
  await world.act(world.ann, 'message.send', { ...on, text: 'Good day' });
  await frame.getByText('Good day').waitFor();
  await look('the talk');
  await world.act(world.ann, 'conversation.close', on);
  await chat.write('Once more');
  await frame.getByText('Once more').waitFor();
  await chat.choose('Earlier chats');
  await frame.locator('.history').waitFor();
  await look('earlier chats');
  await context.close();
  await site.close();
  expect(wrong).toEqual({});
});
