import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, Stage } from './stage.ts';

/** An admin makes a team, says what it serves, and deletes it; what its members see follows at once. */
let stage: Stage;
let admin: Desk;
beforeAll(async () => {
  stage = await Stage.open();
  admin = await stage.desk(stage.world.adam, { path: '/settings/teams' });
});
afterAll(async () => {
  await stage.close();
  expect(stage.troubles).toEqual([]);
});

const dialog = (name: string | RegExp) => admin.page.getByRole('dialog', { name });
const row = (name: string) => admin.page.getByRole('button', { name: new RegExp(`^${name}`) });

test('R-3.6 a team is made, gets members and inboxes, and they see its queue at once', async () => {
  const { world } = stage;
  const { page } = admin;
  await world.write(world.walt, 'Who sells by the pallet?');
  const cara = await stage.desk(world.cara);
  await cara.page.getByRole('heading', { name: 'Queue' }).first().waitFor();
  expect(await cara.cards.count()).toBe(0);

  await page.getByRole('button', { name: 'New team' }).click();
  await dialog('New team').getByLabel('Name of the team').fill('Bulk orders');
  await page.keyboard.press('Enter');
  const made = dialog('Bulk orders');
  await made.getByRole('switch', { name: 'Cara' }).click();
  await made.getByRole('switch', { name: 'Shop' }).click();
  await cara.card('Who sells by the pallet?').waitFor();

  const name = made.getByLabel('Name of the team');
  await name.fill('  ');
  await name.press('Enter');
  await made.getByText('Enter a name').waitFor();
  await name.fill('Pallets');
  await name.press('Enter');
  await dialog('Pallets').getByRole('button', { name: 'Done' }).click();
  await row('Pallets').getByText('1 member · serves Shop').waitFor();

  // Taken off again, it is gone from her screen, too.
  await row('Pallets').click();
  await dialog('Pallets').getByRole('switch', { name: 'Shop' }).click();
  await cara.card('Who sells by the pallet?').waitFor({ state: 'detached' });
  await dialog('Pallets').getByRole('button', { name: 'Done' }).click();
  await row('Pallets').getByText('1 member · serves no inbox').waitFor();
  await cara.page.context().close();
});

test('R-3.6 deleting a team asks first; what waited for it goes to the whole inbox, and an open dialog of it goes', async () => {
  const { world } = stage;
  const { page } = admin;
  const conversationId = await world.write(world.vera, 'Only for the team');
  await world.act(world.susan, 'conversation.transfer', { conversationId, teamId: world.support });
  const other = await stage.desk(world.olga, { path: '/settings/teams' });
  await other.page.getByRole('button', { name: /^Support/ }).click();
  await other.page.getByRole('dialog', { name: 'Support' }).waitFor();

  await row('Support').click();
  await dialog('Support').getByRole('button', { name: 'Delete' }).click();
  await dialog('Delete Support?').getByRole('button', { name: 'Cancel' }).click();
  await dialog('Support').getByRole('button', { name: 'Delete' }).click();
  await dialog('Delete Support?').getByRole('button', { name: 'Delete' }).click();
  await row('Support').waitFor({ state: 'detached' });
  await other.page.getByRole('dialog').waitFor({ state: 'detached' });

  const ann = await stage.desk(world.ann);
  await ann.card('Only for the team').waitFor();
  // Tess served the shop through it alone.
  const tess = await stage.desk(world.tess);
  await tess.page.getByRole('heading', { name: 'Queue' }).first().waitFor();
  expect(await tess.cards.count()).toBe(0);
  for (const desk of [other, ann, tess]) await desk.page.context().close();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('R-3.6 who may not change teams sees them, and changes nothing', async () => {
  const { page } = await stage.desk(stage.world.ann, { path: '/settings/teams' });
  await page.getByText('Pallets').waitFor();
  expect(await page.getByRole('button', { name: /Pallets|New team/ }).count()).toBe(0);
  await page.context().close();
});
