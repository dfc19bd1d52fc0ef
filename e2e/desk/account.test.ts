import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD } from '../../server/src/testing/world.ts';
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
  await page.getByLabel('Email').fill(stage.world.ann.email);
  await page.getByLabel('Password', { exact: true }).fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText("password don't match").waitFor();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'People' }).waitFor();
  const own = page.getByRole('listitem').filter({ hasText: stage.world.ann.email });
  expect(await own.textContent()).toContain('(you)');

  await page.getByRole('button', { name: /^Ann, / }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goto('/queue');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('R-18.1 a session that ends elsewhere leads to the sign-in, and back to the same place', async () => {
  const page = await stranger('/sign-in');
  const signIn = async () => {
    await page.getByLabel('Email').fill(stage.world.ben.email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  await signIn();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'All inboxes' }).click();
  await page.getByRole('heading', { level: 1, name: 'Inboxes' }).waitFor();
  // As another tab of this browser does.
  await page.evaluate(() => fetch('/api/v1/sign-out', { method: 'POST' }));
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn();
  await page.getByRole('heading', { level: 1, name: 'Inboxes' }).waitFor();
});

test('who may not invite or change is not offered it', async () => {
  const { page } = await stage.desk(stage.world.ann, { path: '/settings/people' });
  await page.getByText('Admins can invite others.').waitFor();
  expect(await page.getByRole('button', { name: 'Invite' }).count()).toBe(0);
  await page.getByRole('link', { name: 'All inboxes' }).click();
  await page.getByText('Admins can change them.').waitFor();
  expect(await page.getByRole('button', { name: 'New inbox' }).count()).toBe(0);
});
