import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD } from '../../server/src/testing/world.ts';
import { wrongsOf } from './empty-server.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const stranger = async (path: string) => {
  const context = await stage.browser.newContext({ baseURL: stage.world.url, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(path);
  return page;
};

test('R-18.1 signing in leads to where one wanted to be; signing out closes the desk', async () => {
  const page = await stranger('/settings/people');
  await page.getByLabel('Mail address').fill(stage.world.ann.email);
  await page.getByLabel('Password', { exact: true }).fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('do not fit together').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'People' }).waitFor();
  const own = page.getByRole('listitem').filter({ hasText: stage.world.ann.email });
  expect(await own.textContent()).toContain('(you)');

  await page.getByRole('button', { name: /^Ann:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goto('/queue');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('R-18.1 a session that ends elsewhere leads to the sign-in, and back to the same place', async () => {
  const page = await stranger('/sign-in');
  const signIn = async () => {
    await page.getByLabel('Mail address').fill(stage.world.ben.email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  await signIn();
  await page.getByRole('link', { name: 'Inboxes' }).click();
  await page.getByRole('heading', { name: 'Inboxes' }).waitFor();
  // As another tab of this browser does.
  await page.evaluate(() => fetch('/api/v1/sign-out', { method: 'POST' }));
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn();
  await page.getByRole('heading', { name: 'Inboxes' }).waitFor();
});

test('who may not invite or change is not offered it', async () => {
  const { page } = await stage.desk(stage.world.ann, { path: '/settings/people' });
  await page.getByText('Admins can invite others.').waitFor();
  expect(await page.getByRole('button', { name: 'Invite' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Inboxes' }).first().click();
  await page.getByText('Admins can change them.').waitFor();
  expect(await page.getByRole('button', { name: 'New inbox' }).count()).toBe(0);
});

const rooms = { desktop: [1440, 900], laptop: [1024, 768], phone: [390, 844] } as const;

test.for(
  (['light', 'dark'] as const).flatMap((scheme) =>
    Object.values(rooms).map((room) => [scheme, room] as const),
  ),
)('axe finds nothing in %s at %s', async ([colorScheme, [width, height]]) => {
  const { page } = await stage.desk(stage.world.olga, {
    colorScheme,
    viewport: { width, height },
    reducedMotion: 'reduce',
    path: '/settings/people',
  });
  await page.getByText(stage.world.cara.email).waitFor();
  expect(await wrongsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByRole('dialog').waitFor();
  expect(await wrongsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Olga:/ }).click();
  await page.getByRole('menu').waitFor();
  expect(await wrongsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  expect(await wrongsOf(page)).toEqual([]);
  for (const topic of ['look', 'words', 'site', 'domains', 'members']) {
    await page.goto(`/settings/inboxes/${stage.world.inbox.id}/${topic}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (topic === 'look' || topic === 'words')
      await page.frameLocator('iframe').locator('deskbell-chat').waitFor({ state: 'attached' });
    expect(await wrongsOf(page), topic).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
  for (const path of ['/nothing/here', '/sign-in', '/invitations/spent']) {
    await page.context().clearCookies();
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await wrongsOf(page)).toEqual([]);
  }
  await page.context().close();
});
