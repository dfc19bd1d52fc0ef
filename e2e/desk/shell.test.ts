import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(async () => {
  const { troubles } = stage;
  await stage.close();
  expect(troubles).toEqual([]);
});

const path = (url: string) => new URL(url).pathname;

test('a desk that is cut off says so after a while, and no more once it is back', async () => {
  const { page, line } = await stage.desk(stage.world.ann);
  const bar = page.getByText('The connection is gone.');
  await page.getByRole('link', { name: /Queue/ }).waitFor();
  expect(await bar.count()).toBe(0);
  await line.cut();
  await bar.waitFor();
  line.mend();
  await page.getByRole('button', { name: 'Try now' }).click();
  await bar.waitFor({ state: 'detached' });
});

test('the keyboard leads everywhere, shows its keys, and its letters can be switched off', async () => {
  const { page } = await stage.desk(stage.world.ben);
  await page.getByRole('link', { name: /Queue/ }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect.poll(() => path(page.url())).toBe('/closed');
  // Whichever list it is, one is among the conversations.
  const conversations = page.getByRole('link', { name: 'Conversations', exact: true });
  expect(await conversations.getAttribute('aria-current')).toBe('page');
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
  expect(await conversations.getAttribute('aria-current')).toBe(null);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByText('Go to Mine').waitFor();
  await sheet.getByRole('switch', { name: 'Single-letter shortcuts' }).click();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await page.keyboard.press('?');
  expect(path(page.url())).toBe('/settings/people');
  expect(await sheet.count()).toBe(0);
});

test('theme and language are chosen, and hold after a reload', async () => {
  const { page } = await stage.desk(stage.world.cara, { colorScheme: 'light' });
  await page.getByRole('button', { name: /^Cara, / }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
  await page.getByRole('menuitem', { name: 'Abmelden' }).waitFor();
  await page.reload();
  await page.getByRole('link', { name: /Wartend/ }).waitFor();
  const root = page.locator('html');
  expect(await root.getAttribute('data-theme')).toBe('dark');
  expect(await root.getAttribute('lang')).toBe('de');
  expect(await root.evaluate((html) => getComputedStyle(html).colorScheme)).toBe('dark');
});

test('columns are resized by keyboard, fold, and stay as they were', async () => {
  const { page } = await stage.desk(stage.world.ann);
  const border = page.getByRole('separator', { name: 'Width of the lists' });
  await border.focus();
  await page.keyboard.press('ArrowRight');
  const width = Number(await border.getAttribute('aria-valuenow'));
  await page.reload();
  await border.waitFor();
  expect(Number(await border.getAttribute('aria-valuenow'))).toBe(width);
  await page.keyboard.press('b');
  await border.waitFor({ state: 'detached' });
  await page.keyboard.press('b');
  await border.waitFor();
});

test('an address that leads nowhere says so and offers a way on', async () => {
  const { page } = await stage.desk(stage.world.ann, { path: '/nothing/here/at/all' });
  await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
  await page.getByRole('link', { name: 'To the conversations' }).click();
  await expect.poll(() => path(page.url())).toBe('/queue');
});

test('a tooltip explains what the mouse rests on and what the keyboard comes to, until Escape', async () => {
  const { page } = await stage.desk(stage.world.ann);
  const keys = page.getByRole('button', { name: 'Keyboard shortcuts' });
  const tip = page.locator('[data-open]').getByText('Keyboard shortcuts');
  await keys.hover();
  await tip.waitFor();
  await page.keyboard.press('Escape');
  await tip.waitFor({ state: 'detached' });
  await keys.focus();
  await page.keyboard.press('Shift+Tab');
  await tip.waitFor({ state: 'detached' });
  await page.keyboard.press('Tab');
  await tip.waitFor();
  await page.keyboard.press('Tab');
  await tip.waitFor({ state: 'detached' });
});

test('what is cut shows its whole where the mouse rests on it, what has room shows nothing', async () => {
  const { world } = stage;
  // The one below, so that the tooltip lies over neither.
  await world.write(world.walt, 'Hello');
  await world.write(world.vera, 'Good day');
  const name = 'Walter of the long way '.repeat(5).trim();
  await world.act(world.ann, 'contact.change', { contactId: world.walt.contactId, name });
  const { page } = await stage.desk(world.ann);
  const tip = page.locator('[data-open]');
  await page.locator('[data-card]').getByText('Walter').hover();
  await tip.getByText(name, { exact: true }).waitFor();
  await page.locator('[data-card]').getByText('Good day').hover();
  await tip.first().waitFor({ state: 'detached' });
});

test('a menu is opened, walked and left by keyboard; its button has the focus again', async () => {
  const { page } = await stage.desk(stage.world.ann);
  const button = page.getByRole('button', { name: /^Ann, / });
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await expect.poll(focused).toMatch(/^Online/);
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused).toMatch(/^Away/);
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('ArrowUp');
  await expect.poll(focused).toBe('Sign out');
  await page.keyboard.press('Tab');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
});
