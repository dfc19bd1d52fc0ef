import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, Stage } from './stage.ts';

/** Devices and systems that ask for more than a size: notches, forced colours, less motion. */
let stage: Stage;
let id: string;
beforeAll(async () => {
  stage = await Stage.open();
  id = await stage.conversation('Where is my parcel?', 'It was to come on Monday');
});
afterAll(async () => {
  await stage.close();
  expect(stage.troubles).toEqual([]);
});

const [width, height] = [390, 844];
const notch = { top: 47, bottom: 34, left: 0, right: 0 };

async function notched(path: string): Promise<Page> {
  const { page } = await stage.desk(stage.world.ann, {
    path,
    viewport: { width, height },
    isMobile: true,
    hasTouch: true,
  });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setSafeAreaInsetsOverride', { insets: notch });
  return page;
}

/** Whether a finger and an eye reach all of it. */
async function isClear(locator: Locator): Promise<boolean> {
  const box = await locator.boundingBox();
  return box !== null && box.y >= notch.top && box.y + box.height <= height - notch.bottom;
}

test('on a phone with a notch and a home bar nothing that one needs lies under them', async () => {
  const page = await notched('/mine');
  const places = page.getByRole('navigation').getByRole('link');
  await places.first().waitFor();
  for (const place of await places.all()) expect(await isClear(place)).toBe(true);

  await page.locator(`[data-card="${id}"]`).click();
  const field = page.getByRole('textbox', { name: /^Message to/ });
  await field.waitFor();
  for (const each of [
    field,
    page.locator('main header'),
    page.getByRole('button', { name: 'Send' }),
  ])
    expect(await isClear(each)).toBe(true);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: /^Flag/ }).click();
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  await expect.poll(() => isClear(undo)).toBe(true);
  await page.context().close();

  const admin = await stage.desk(stage.world.adam, {
    path: '/settings/labels',
    viewport: { width, height },
  });
  const devtools = await admin.page.context().newCDPSession(admin.page);
  await devtools.send('Emulation.setSafeAreaInsetsOverride', { insets: notch });
  await admin.page.getByRole('button', { name: 'New label' }).first().click();
  const create = admin.page.getByRole('dialog').getByRole('button', { name: 'Create' });
  await create.waitFor();
  await expect.poll(() => isClear(create)).toBe(true);
  await admin.page.context().close();
});

test('on a phone every sign is as large as a finger, and what leads into a conversation stands once, at the thumb', async () => {
  const { world } = stage;
  const untaken = await world.write(world.walt, 'Do you ship to Norway?');
  const page = await notched('/open');
  const small = (within: Locator) =>
    within.evaluateAll((all) =>
      all
        .map((each) => ({ name: each.ariaLabel, box: each.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && Math.min(box.width, box.height) < 40)
        .map(({ name }) => name),
    );
  await page.locator(`[data-card="${untaken}"]`).waitFor();
  const sign = 'a[aria-label]:not([data-card]), button[aria-label]:not([aria-pressed])';
  expect(await small(page.locator(sign))).toEqual([]);
  // The five ways share the foot, and each word of theirs is there whole.
  const words = page.getByRole('navigation').first().locator('span.truncate');
  const cut = await words.evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth));
  expect(cut).toEqual([]);

  await page.locator(`[data-card="${untaken}"]`).click();
  const accept = page.getByRole('button', { name: 'Accept' });
  await accept.waitFor();
  expect(await accept.count()).toBe(1);
  expect((await accept.boundingBox())?.y).toBeGreaterThan(height / 2);
  expect(await small(page.locator(sign))).toEqual([]);
  await accept.click();
  await page.getByRole('textbox', { name: /^Message to/ }).waitFor();
  expect(await small(page.locator(sign))).toEqual([]);
  await page.context().close();
});

test('what is about to come stands where it will be: nothing moves when it is there', async () => {
  const { page } = await stage.desk(stage.world.olga, { path: '/open' });
  const top = async (what: Locator) => (await what.boundingBox())?.y;
  const card = page.locator('[data-card]').first();
  await page.getByRole('group', { name: 'Inboxes' }).waitFor();
  await card.waitFor();
  const place = await top(card);
  // The server says nothing any more.
  await page.routeWebSocket(/\/api\/v1\/socket$/, () => {});
  await page.reload();
  const coming = page.getByRole('status').filter({ hasText: 'Conversations are loading' });
  await coming.waitFor();
  expect(await top(coming)).toBe(place);
  await page.context().close();
});

/** What moves for longer than an eye sees, by its element. */
const moving = ({ page }: Desk) =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter((each) => Number(each.effect?.getComputedTiming().duration ?? 0) > 1)
      .map((each) => (each.effect as KeyframeEffect).target?.outerHTML.slice(0, 120)),
  );

test('who wants less motion gets none: not from menus, dialogs, messages, the command bar, nor while it loads', async () => {
  const desk = await stage.desk(stage.world.ann, { path: `/mine/${id}`, reducedMotion: 'reduce' });
  const { page } = desk;
  await desk.message('It was to come on Monday').waitFor();
  const still = async () => expect(await moving(desk)).toEqual([]);
  await page.keyboard.press('f');
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await still();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search and commands' }).waitFor();
  await still();
  await page.keyboard.press('Escape');
  await still();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await still();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Ann, / }).click();
  await page.getByRole('menu').waitFor();
  await still();
  await page.keyboard.press('Escape');
  await page.context().close();
});

/** How an element's edge is drawn: what a forced palette leaves of a state. */
const edge = (locator: Locator) =>
  locator.evaluate((element) => {
    const { outlineStyle, outlineWidth, borderTopStyle, borderTopWidth, backgroundColor } =
      getComputedStyle(element);
    const isDrawn = (style: string, length: string) => style !== 'none' && length !== '0px';
    return {
      hasOutline: isDrawn(outlineStyle, outlineWidth),
      hasBorder: isDrawn(borderTopStyle, borderTopWidth),
      ground: backgroundColor,
    };
  });

test('with forced colours one still sees what is chosen, switched on, focused, and whose words are whose', async () => {
  const desk = await stage.desk(stage.world.ann, { path: `/mine/${id}`, forcedColors: 'active' });
  const { page } = desk;
  await desk.message('It was to come on Monday').waitFor();
  expect(await edge(page.locator(`[data-card="${id}"]`))).toMatchObject({ hasOutline: true });
  expect(await edge(page.getByRole('link', { name: /Mine/ }).first())).toMatchObject({
    hasOutline: true,
  });
  const bubble = desk.message('It was to come on Monday').locator('.rounded-xl').first();
  expect(await edge(bubble)).toMatchObject({ hasBorder: true });
  expect(await edge(desk.field)).toBeDefined();
  await desk.field.focus();
  const framed = await desk.field.evaluate((field) => {
    for (let element: Element | null = field; element; element = element.parentElement) {
      const { outlineStyle, outlineWidth, borderTopStyle, borderTopWidth } =
        getComputedStyle(element);
      if (outlineStyle !== 'none' && outlineWidth !== '0px') return true;
      if (borderTopStyle !== 'none' && borderTopWidth !== '0px') return true;
    }
    return false;
  });
  expect(framed).toBe(true);

  await page.goto('/settings/notifications');
  const ring = page.getByRole('switch', { name: 'Ring for a new conversation' });
  const on = await edge(ring);
  await ring.click();
  await ring.and(page.locator('[aria-checked="false"]')).waitFor();
  await page.mouse.move(0, 0);
  await expect.poll(async () => (await edge(ring)).ground).not.toBe(on.ground);
  await ring.click();
  await page.context().close();
});
