import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EmptyServer } from './empty-server.ts';

let server: EmptyServer;
beforeEach(async () => {
  server = await EmptyServer.start();
});
afterEach(() => server.stop());

const PASSWORD = 'quiet tin lantern over moss';
const create = (page: Page) => page.getByRole('button', { name: 'Create the workspace' });
const read = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

async function fillIn(page: Page, password = PASSWORD): Promise<void> {
  await page.getByLabel('Company or team').fill('Harbour Books');
  await page.getByLabel('Your name').fill('Mara Lind');
  await page.getByLabel('Email').fill('mara@harbour.example');
  await page.getByLabel('Password', { exact: true }).fill(password);
}

async function setUp(): Promise<Page> {
  const page = await server.visit('/');
  await fillIn(page);
  await create(page).click();
  await page.getByRole('heading', { name: /The desk is ready/ }).waitFor();
  return page;
}

test('the first visit makes workspace, owner and inbox, and shows what to do next', async () => {
  const page = await setUp();
  expect(new URL(page.url()).pathname).toBe('/queue');
  expect(await page.title()).toBe('Harbour Books · Deskbell');
  const demo = await page
    .getByRole('main')
    .getByRole('link', { name: /sample shop/ })
    .getAttribute('href');
  const key = new URLSearchParams(demo?.split('?')[1]).get('inbox');
  await page.getByRole('main').getByRole('button', { name: 'Copy' }).click();
  await page.getByText('Copied').waitFor();
  const { origin } = new URL(page.url());
  expect(await read(page)).toBe(
    `<script async src="${origin}/widget/loader.js" data-inbox="${key}"></script>`,
  );
  // Whoever comes second finds the door, not the set-up.
  const second = await server.visit('/set-up');
  await second.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('a password that could be guessed is refused at its field, and nothing is made', async () => {
  const page = await server.visit('/');
  await fillIn(page, 'harbour1');
  await page.getByText(/easy to guess/).waitFor();
  await create(page).click();
  const field = page.getByRole('textbox', { name: 'Password', exact: true });
  await page.getByText('This password could be guessed.').waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.reload();
  await create(page).waitFor();
});

test('what is missing is said at the first field, before anything is sent', async () => {
  const page = await server.visit('/');
  await page.getByLabel('Company or team').fill('Harbour Books');
  await create(page).click();
  await page.getByText('Enter a name, at most 120 characters.').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
});

test('R-18.1 an invitation by link brings a second agent in, once', async () => {
  const page = await setUp();
  await page.getByRole('link', { name: 'Invite somebody' }).click();
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByRole('button', { name: 'Make the link' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click();
  await page.getByText('Copied').waitFor();
  const link = await read(page);
  await page.keyboard.press('Escape');

  const guest = await server.visit(link);
  await guest.getByRole('heading', { name: 'Join Harbour Books' }).waitFor();
  await guest.getByLabel('Your name').fill('Jonas Weber');
  await guest.getByLabel('Email').fill('jonas@harbour.example');
  await guest.getByLabel('Password', { exact: true }).fill('seven slow boats at dusk');
  await guest.getByRole('button', { name: 'Join' }).click();
  await guest.getByRole('link', { name: 'Conversations' }).waitFor();
  expect(new URL(guest.url()).pathname).toBe('/queue');

  const row = page.getByRole('listitem').filter({ hasText: 'Jonas Weber' });
  // Who is new says themselves when they begin.
  await row.getByText('Offline').waitFor();
  await guest.getByText('You are offline.').waitFor();
  await guest.getByRole('button', { name: 'Go online' }).click();
  await row.getByText('Online').waitFor();
  expect(await row.getByText('Agent', { exact: true }).count()).toBe(1);
  const late = await server.visit(link);
  await late.getByRole('heading', { name: "This invitation can't be used" }).waitFor();
  await late.getByText('works only once').waitFor();
});
