import { afterAll, beforeAll, expect, test } from 'vitest';
import { wrongsOf } from './empty-server.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const path = '/settings/people';

test('R-18.1 a role is changed from the list, and taken back', async () => {
  const { page } = await stage.desk(stage.world.adam, { path });
  const role = (name: string) => page.getByRole('button', { name: `Role of Cara: ${name}` });
  await role('Agent').click();
  expect(await page.getByRole('menuitemradio').allTextContents()).toEqual([
    'Admin',
    'Supervisor',
    'Agent',
  ]);
  await page.getByRole('menuitemradio', { name: 'Supervisor' }).click();
  await page.keyboard.press('Escape');
  await role('Supervisor').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await role('Agent').waitFor();
  expect(await page.getByRole('button', { name: /^Role of Olga/ }).count()).toBe(0);
});

test('R-18.1 somebody is deactivated after a question: their desk is at the sign-in, the conversation in the queue', async () => {
  const conversationId = await stage.conversation('I need help');
  const [adam, ann] = [
    await stage.desk(stage.world.adam, { path }),
    await stage.desk(stage.world.ann),
  ];
  await ann.open(conversationId, 'mine');
  const row = adam.page.getByRole('listitem').filter({ hasText: stage.world.ann.email });
  await row.getByRole('button', { name: 'More about Ann' }).click();
  await adam.page.getByRole('menuitem', { name: 'Deactivate' }).click();
  const dialog = adam.page.getByRole('dialog', { name: 'Deactivate Ann?' });
  await dialog.getByText('back to their place in the queue').waitFor();
  expect(await wrongsOf(adam.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await row.waitFor({ state: 'detached' });
  await ann.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await ann.page.getByLabel('Mail address').fill(stage.world.ann.email);
  await ann.page.getByLabel('Password', { exact: true }).fill('tulip-gravel-ninety-lantern');
  await ann.page.getByRole('button', { name: 'Sign in' }).click();
  await ann.page.getByRole('alert').getByText('You belong to no workspace any more').waitFor();

  const ben = await stage.desk(stage.world.ben, { path: '/queue' });
  await ben.card('I need help').waitFor();

  await adam.page.getByRole('button', { name: 'Deactivated (1)' }).click();
  expect(await wrongsOf(adam.page)).toEqual([]);
  await row.getByRole('button', { name: 'More about Ann' }).click();
  await adam.page.getByRole('menuitem', { name: 'Reactivate' }).click();
  await adam.toast('Ann can sign in again').waitFor();
  await ann.page.getByRole('button', { name: 'Sign in' }).click();
  await ann.timeline.waitFor();
});

test('R-18.1 the last owner is told why they stay one', async () => {
  const desk = await stage.desk(stage.world.olga, { path });
  const { page } = desk;
  await page.getByRole('button', { name: /^Role of Olga/ }).click();
  await page.getByRole('menuitemradio', { name: 'Admin' }).click();
  await desk.toast('The workspace needs an owner. Make somebody else one first.').waitFor();
});

test('R-18.1 people are found by name and mail address', async () => {
  const { page } = await stage.desk(stage.world.susan, { path });
  await page.getByLabel('Search by name or mail address').fill('BEN@exa');
  await page.getByText(stage.world.cara.email).waitFor({ state: 'detached' });
  expect(await page.getByRole('main').getByRole('listitem').count()).toBe(1);
  expect(await page.getByRole('button', { name: /^More about/ }).count()).toBe(0);
  await page.getByLabel('Search by name or mail address').fill('nobody');
  await page.getByText('Nobody fits this search').waitFor();
});
