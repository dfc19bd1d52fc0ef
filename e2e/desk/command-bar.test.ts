import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Desk, Stage } from './stage.ts';

let stage: Stage;
let desk: Desk;
let id: string;
beforeAll(async () => {
  stage = await Stage.open();
  const { vera, walt } = stage.world;
  id = await stage.conversation('Where is my parcel?');
  await stage.world.write(walt, 'Do you ship to Norway?');
  await stage.world.act(stage.world.ann, 'contact.change', {
    contactId: vera.contactId,
    name: 'Véra Lindqvist',
  });
});
afterAll(() => stage.close());
beforeEach(async () => {
  desk = await stage.desk(stage.world.ann);
});
afterEach(() => desk.page.context().close());

const bar = () => desk.page.getByRole('combobox', { name: 'Search and commands' });
const option = (name: string | RegExp) => desk.page.getByRole('option', { name });
const chosen = () => desk.page.locator('[role="option"][aria-selected="true"]');

async function openBar(): Promise<void> {
  await desk.page.keyboard.press('Control+k');
  await bar().waitFor();
}

test('a contact is found by a part of the name, without its accent, and opened by Enter', async () => {
  await openBar();
  await bar().fill('vera lind');
  expect(await chosen().textContent()).toContain('Véra Lindqvist');
  await desk.page.keyboard.press('Enter');
  await desk.message('Where is my parcel?').waitFor();
  expect(new URL(desk.page.url()).pathname).toBe(`/open/${id}`);
  await bar().waitFor({ state: 'detached' });
});

test('a contact is found by the last message', async () => {
  await openBar();
  await bar().fill('norway');
  await option(/Do you ship to Norway/).click();
  await desk.message('Do you ship to Norway?').waitFor();
});

test('arrows go round, and Escape leaves all as it was', async () => {
  await openBar();
  // Asked in one go: what can be done may still be growing as the desk fills.
  const chosenPlace = () =>
    desk.page.getByRole('option').evaluateAll((all) => {
      const at = all.findIndex((each) => each.getAttribute('aria-selected') === 'true');
      if (at === 0) return 'first';
      return at === all.length - 1 ? 'last' : `${at} of ${all.length}`;
    });
  await expect.poll(chosenPlace).toBe('first');
  await desk.page.keyboard.press('ArrowUp');
  await expect.poll(chosenPlace).toBe('last');
  await desk.page.keyboard.press('ArrowDown');
  await expect.poll(chosenPlace).toBe('first');
  await desk.page.keyboard.press('Escape');
  await bar().waitFor({ state: 'detached' });
  expect(new URL(desk.page.url()).pathname).toBe('/queue');
});

test('it goes somewhere, and does what can be done with what is open', async () => {
  await openBar();
  await bar().fill('closed');
  await option(/^Closed/).click();
  await desk.page.waitForURL('**/closed');

  await desk.open(id, 'mine');
  await desk.field.waitFor();
  await openBar();
  await bar().fill('write');
  await desk.page.keyboard.press('Enter');
  await desk.page.locator('textarea:focus').waitFor();

  // From within the field as well, which keeps what was written.
  await desk.page.keyboard.type('Just a moment');
  await openBar();
  await bar().fill('mark pending');
  await desk.page.keyboard.press('Enter');
  await desk.timeline.getByText('marked it pending').waitFor();
  expect(await desk.field.inputValue()).toBe('Just a moment');
});

test('R-18.3 the settings are found there too: a page, one setting of it, and all of them by their name', async () => {
  const olga = await stage.desk(stage.world.olga);
  const { page } = olga;
  const find = async (words: string, name: RegExp) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search and commands' }).fill(words);
    await page.getByRole('option', { name }).click();
  };
  await find('settings', /^Settings/);
  await page.getByRole('heading', { level: 1, name: 'Inboxes' }).waitFor();
  expect(
    await page.getByRole('link', { name: 'Settings', exact: true }).getAttribute('aria-current'),
  ).toBe('page');
  await find('tags', /^Labels/);
  await page.getByRole('heading', { level: 1, name: 'Labels' }).waitFor();
  await find('workload limit', /^Open conversations per agent/);
  await page.getByRole('heading', { level: 1, name: 'Assignment' }).waitFor();
  await page.context().close();

  // An agent's settings begin with their own, and hold nothing that they may not change.
  await desk.page.getByRole('link', { name: 'Settings', exact: true }).click();
  await desk.page.getByRole('heading', { level: 1, name: 'Your account' }).waitFor();
  await openBar();
  await bar().fill('workload limit');
  await desk.page.getByText('Nothing matches “workload limit”.').waitFor();
});

test('what fits nothing is said, with what can be looked for', async () => {
  await openBar();
  await bar().fill('xyzzy');
  await desk.page.getByText('Nothing matches “xyzzy”.').waitFor();
  await desk.page.keyboard.press('Enter');
  expect(await bar().inputValue()).toBe('xyzzy');
});

test('the look of the desk is changed by its name', async () => {
  await openBar();
  await bar().fill('dark');
  await desk.page.keyboard.press('Enter');
  await desk.page.locator('html[data-theme="dark"]').waitFor();
});

test('who types on after the shortcut loses no letter, also before the next frame', async () => {
  const { page } = desk;
  // Fetched by now, and gone again.
  await openBar();
  await page.keyboard.press('Escape');
  await bar().waitFor({ state: 'detached' });
  await page.evaluate(() => {
    globalThis.requestAnimationFrame = () => 0;
  });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('vera');
  expect(await bar().inputValue()).toBe('vera');
  // And none after it was left, while it still fades.
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.role)).not.toBe('combobox');
});
