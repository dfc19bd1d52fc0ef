import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Queries } from '../../server/src/platform/store/connect.ts';
import { issuePasswordReset } from '../../server/src/sign-in/index.ts';
import { wrongsOf } from '../axe.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

test('R-18.1 a forgotten password: who to ask, the link, another password, once', async () => {
  const { world } = stage;
  const context = await stage.browser.newContext({ baseURL: world.url, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByText('Ask an admin of your workspace').waitFor();
  expect(await wrongsOf(page)).toEqual([]);

  const sql = world.server.engine.pool as unknown as Queries;
  const made = await issuePasswordReset(sql, world.cara.email);
  await page.goto(made?.path ?? '');
  await page.getByText(`For ${world.cara.email}`).waitFor();
  await page.getByLabel('Password', { exact: true }).fill('cara12345');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('This password could be guessed').waitFor();
  expect(await wrongsOf(page)).toEqual([]);
  await page.getByLabel('Password', { exact: true }).fill('seven-quiet-otters-paddling');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.waitForURL('**/queue');

  await page.goto(made?.path ?? '');
  await page.getByText('This link has been used or has expired.').waitFor();
  await page.getByRole('link', { name: 'Ask for another link' }).click();
  await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
});
