import type { Conversation, Inbox } from '@deskbell/contract';
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
  expect(await dialog(/^Support$|^Delete/).count()).toBe(0);
});

test('R-3.6 a deleted team can be brought back, with members, inboxes, rules, and what nobody has passed on since', async () => {
  const { world } = stage;
  const inboxId = world.inbox.id;
  const team = await world.act(world.adam, 'team.create', { name: 'Repairs' });
  const teamId = String(team.answer.teamId);
  await world.act(world.adam, 'team.add-member', { teamId, agentId: world.tom.agentId });
  await world.act(world.adam, 'inbox.add-team', { inboxId, teamId });
  const rules = [teamId, world.sales].map((id) => ({ teamId: id, when: { pageContains: '/no/' } }));
  await world.act(world.adam, 'inbox.change-team-rules', { inboxId, teamRules: rules });
  const inbox = async () => {
    const answer = await world.request(world.adam, '/inboxes');
    const { inboxes } = (await answer.json()) as { inboxes: Inbox[] };
    const found = inboxes.find(({ id }) => id === inboxId);
    return { teamIds: found?.teamIds, teamRules: found?.teamRules };
  };
  const before = await inbox();
  const ids: Record<string, string> = {};
  for (const text of ['The zip is broken', 'The lid is broken', 'The lens is broken']) {
    ids[text] = await world.write(world.newVisitor(), text);
    await world.act(world.susan, 'conversation.transfer', { conversationId: ids[text], teamId });
  }
  const [zip, lid, lens] = Object.values(ids);
  // Who sees them by the team alone, and who sees everything.
  const tom = await stage.desk(world.tom, { path: '/open' });
  const susan = await stage.desk(world.susan);
  await tom.card('The zip is broken').waitFor();

  await row('Repairs').click();
  await dialog('Repairs').getByRole('button', { name: 'Delete' }).click();
  await dialog('Delete Repairs?').getByRole('button', { name: 'Delete' }).click();
  const undo = dialog('Repairs is deleted').getByRole('button', { name: 'Undo' });
  // Under the mouse it stays.
  await admin.toast('Repairs is deleted').hover();
  await tom.card('The zip is broken').waitFor({ state: 'detached' });
  await susan.open(String(zip));
  await susan.timeline.getByText(/it waits for all who serve the inbox$/).waitFor();
  for (const id of [lid, lens])
    await expect
      .poll(async () => (await standing(String(id))).teamId, { timeout: 20_000 })
      .toBe(null);
  await world.act(world.ann, 'conversation.accept', { conversationId: lens });
  const elsewhere = { conversationId: lid, teamId: world.sales };
  await world.act(world.susan, 'conversation.transfer', elsewhere);
  await undo.click();
  await admin.toast(/^With its members, inboxes and rules/).waitFor();
  await row('Repairs').getByText('1 member · serves Shop').waitFor();
  await tom.card('The zip is broken').waitFor();
  await susan.timeline.getByText('It is back with the team Repairs').waitFor();
  await expect.poll(async () => (await standing(String(lens))).teamId).toBe(teamId);
  expect((await standing(String(lens))).assigneeId).toBe(world.ann.agentId);
  expect((await standing(String(lid))).teamId).toBe(world.sales);
  expect(await inbox()).toEqual(before);
  // Nobody is told that something is new to them.
  const { notices } = (await (await world.request(world.tom, '/me/notices')).json()) as {
    notices: { conversationId: string }[];
  };
  expect(notices.filter(({ conversationId }) => conversationId === zip)).toHaveLength(1);
  await world.act(world.adam, 'inbox.change-team-rules', { inboxId, teamRules: [] });
  for (const desk of [tom, susan]) await desk.page.context().close();
});

/** A conversation as the server has it. */
async function standing(id: string) {
  const answer = await stage.world.request(stage.world.susan, `/conversations/${id}`);
  const { conversations } = (await answer.json()) as { conversations: Conversation[] };
  return conversations[0] as Conversation;
}

test('R-3.6 who may not change teams sees them, and changes nothing', async () => {
  const { page } = await stage.desk(stage.world.ann, { path: '/settings/teams' });
  await page.getByText('Pallets').waitFor();
  expect(await page.getByRole('button', { name: /Pallets|New team/ }).count()).toBe(0);
  await page.context().close();
});
