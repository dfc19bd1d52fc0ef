import type { ConversationId } from '@deskbell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, Stage } from './stage.ts';

/** What is passed on, flagged, refused, closed by force and given out by itself, each in the browser of who does it. */
let stage: Stage;
let ann: Desk;
let ben: Desk;
let id: ConversationId;
beforeAll(async () => {
  stage = await Stage.open();
  id = await stage.conversation('Where is my parcel?');
  ann = await stage.desk(stage.world.ann, { path: `/mine/${id}` });
  ben = await stage.desk(stage.world.ben, { path: '/mine' });
  await ann.message('Where is my parcel?').waitFor();
});
afterAll(() => stage.close());

test('R-1.7 a flag is set by its key, shown on the card, and undone', async () => {
  const { page } = ann;
  await page.keyboard.press('f');
  const card = page.locator(`[data-card="${id}"]`);
  await card.getByRole('img', { name: 'Flagged for follow-up' }).waitFor();
  await page
    .getByText('Ann flagged it for follow-up')
    .or(page.getByText('You flagged it'))
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await card.getByRole('img', { name: 'Flagged for follow-up' }).waitFor({ state: 'detached' });
});

test('R-2.8 labels are made, put on and taken off by keyboard; a deleted one is gone until it is brought back', async () => {
  const adam = await stage.desk(stage.world.adam, { path: `/open/${id}` });
  const { page } = adam;
  await adam.message('Where is my parcel?').waitFor();
  await page.keyboard.press('l');
  const field = page.getByRole('combobox', { name: 'Labels of this conversation' });
  await field.fill('Refund');
  await field.press('Enter');
  const card = ann.page.locator(`[data-card="${id}"]`);
  await card.getByText('Refund').waitFor();
  await ann.timeline.getByText('Adam labelled it Refund').waitFor();
  await page.goto(new URL('/settings/labels', page.url()).href);
  await page.getByRole('button', { name: 'Change the label Refund' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await card.getByText('Refund').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await card.getByText('Refund').waitFor();
  await page.context().close();
});

test('R-3.1 by keyboard alone it goes to a colleague with a note, which the visitor never sees', async () => {
  const { page } = ann;
  await page.keyboard.press('s');
  const field = page.getByRole('combobox', { name: 'Assign to …' });
  await page.getByRole('option', { name: /Ben.*0 of 1000 open/ }).waitFor();
  await page.getByRole('textbox', { name: 'Note for them' }).fill('She is in a hurry');
  await field.fill('be');
  await field.press('Enter');
  await ben.page.locator(`[data-card="${id}"]`).click();
  await ben.page.getByText('She is in a hurry').waitFor();
  await ben.page.getByText('Ann assigned it to You').waitFor();
  const visitor = stage.visitor(stage.world.vera);
  await visitor.sendMessage('Anybody?');
  await ben.message('Anybody?').waitFor();
  const told = JSON.stringify([...visitor.store.timelines.values()].map(({ entries }) => entries));
  expect(told).toContain('Where is my parcel?');
  expect(told).not.toContain('hurry');
});

test('R-3.1, R-3.2, R-3.6 passed on to a team it goes from the screens of who sees it no more, and comes to theirs at once', async () => {
  const { tess, tom, adam, sales } = stage.world;
  // Tess sees it through Support alone, which serves the inbox.
  const her = await stage.desk(tess, { path: `/open/${id}` });
  const his = await stage.desk(tom, { path: '/open' });
  await her.message('Anybody?').waitFor();
  await her.page.waitForFunction(() => document.querySelectorAll('[data-card]').length === 1);
  expect(await his.cards.count()).toBe(0);
  await ben.page.keyboard.press('s');
  await ben.page.getByRole('option', { name: /^Support/ }).waitFor();
  await ben.page.getByRole('combobox', { name: 'Assign to …' }).fill('sal');
  await ben.page.getByRole('combobox', { name: 'Assign to …' }).press('Enter');
  await ben.toast('Passed on to Sales').waitFor();
  await his.card('Anybody?').waitFor();
  await her.cards.first().waitFor({ state: 'detached' });
  await her.message('Anybody?').waitFor({ state: 'detached' });
  // Who is taken out of the team loses it as quickly.
  const member = { teamId: sales, agentId: tom.agentId };
  await stage.world.act(adam, 'team.remove-member', member);
  await his.cards.first().waitFor({ state: 'detached' });
  await stage.world.act(stage.world.ben, 'conversation.accept', { conversationId: id });
});

test('R-3.2, R-3.4, R-19.5 a supervisor gives more than somebody may have, by a reason; who may not get it is not offered', async () => {
  const { world } = stage;
  const other = world.newVisitor();
  const own = await world.write(other, 'Do you ship to Norway?');
  await world.act(world.ann, 'conversation.accept', { conversationId: own });
  await world.act(world.adam, 'agent.set-capacity', { agentId: world.ann.agentId, capacity: 1 });
  const susan = await stage.desk(world.susan, { path: `/open/${id}` });
  await susan.message('Anybody?').waitFor();
  await susan.page.keyboard.press('s');
  const ann = susan.page.getByRole('option', { name: /^Ann.*assigns beyond it/ });
  await ann.waitFor();
  // He was taken out of the team that has it.
  expect(await susan.page.getByRole('option', { name: /^Tom/ }).count()).toBe(0);
  await ann.click();
  await susan.page.getByText('Ann has no room. Say here why it must be').waitFor();
  expect(await susan.wrongs()).toEqual([]);
  await susan.page.keyboard.type('She speaks Norwegian');
  await susan.page.keyboard.press('Enter');
  await susan.page.getByText('You assigned it to Ann, beyond their capacity').waitFor();
  await susan.page.getByText('She speaks Norwegian').waitFor();
  await ben.page.getByText('Susan assigned it to Ann, beyond their capacity').waitFor();
  await world.act(world.ann, 'conversation.close', { conversationId: own });
  await world.act(world.adam, 'agent.set-capacity', { agentId: world.ann.agentId, capacity: null });
  await world.act(world.susan, 'conversation.assign', {
    conversationId: id,
    agentId: world.ben.agentId,
  });
});

test('R-19.5 a supervisor closes what others have, by a reason that the timeline shows', async () => {
  const susan = await stage.desk(stage.world.susan, { path: `/open/${id}` });
  await susan.message('Anybody?').waitFor();
  await susan.page.keyboard.press('e');
  const asked = susan.page.getByRole('dialog', { name: 'Close by force' });
  await asked.getByRole('button', { name: 'Close by force' }).click();
  await asked.getByText('Say why you close it.').waitFor();
  await asked.getByRole('textbox', { name: 'Reason' }).fill('It was spam');
  await asked.getByRole('button', { name: 'Close by force' }).click();
  await ben.page.getByText('Susan closed the conversation: It was spam').waitFor();
  // What one no longer sees is asked for once more, and is not there.
  expect(stage.troubles.filter((text) => !text.includes('404 (Not Found)'))).toEqual([]);
});

test('R-3.1, R-3.4, R-4.1 what cannot be taken says why, there: full, offline, closed or gone meanwhile', async () => {
  const { world } = stage;
  const { tess, susan, adam, sales } = world;
  const desk = await stage.desk(tess);
  const shown = async (text: string) => {
    const conversationId = await world.write(world.newVisitor(), text);
    await desk.card(text).click();
    await desk.action('Accept').waitFor();
    return conversationId;
  };
  const had = await world.write(world.newVisitor(), 'I was here first');
  await world.act(tess, 'conversation.accept', { conversationId: had });
  await world.act(adam, 'agent.set-capacity', { agentId: tess.agentId, capacity: 1 });
  await shown('Am I one too many?');
  await desk.action('Accept').click();
  await desk.toast(/^You have as many open conversations as you may have/).waitFor();
  await world.act(adam, 'agent.set-capacity', { agentId: tess.agentId, capacity: null });

  await world.act(tess, 'agent.set-availability', { availability: 'away' });
  await desk.action('Accept').click();
  await desk.toast('You are not online. Go online to do this.').waitFor();
  await world.act(tess, 'agent.set-availability', { availability: 'online' });

  const closed = await shown('I will not wait');
  desk.line.hold();
  await desk.action('Accept').click();
  await world.act(susan, 'conversation.close', { conversationId: closed });
  desk.line.release();
  await desk.toast('The conversation is closed. Reopen it first.').waitFor();

  const gone = await shown('I want to buy');
  desk.line.hold();
  await desk.action('Accept').click();
  await world.act(susan, 'conversation.transfer', { conversationId: gone, teamId: sales });
  desk.line.release();
  await desk.toast('This does not exist, or you may not see it.').waitFor();
  await desk.page.getByText("This conversation isn't here").waitFor();
});

test('R-3.4 who is full neither reopens one nor takes up a pending one again, and is told so, there', async () => {
  const { world } = stage;
  const { tess, adam } = world;
  const own = async (text: string) => {
    const conversationId = await world.write(world.newVisitor(), text);
    await world.act(tess, 'conversation.accept', { conversationId });
    return conversationId;
  };
  const [closed, pending] = [await own('That was all'), await own('I will send it on Monday')];
  await world.act(tess, 'conversation.close', { conversationId: closed });
  await world.act(tess, 'conversation.mark-pending', { conversationId: pending });
  await own('One is enough');
  await world.act(adam, 'agent.set-capacity', { agentId: tess.agentId, capacity: 1 });
  const desk = await stage.desk(tess);
  const isFull = desk.toast(/^You have as many open conversations as you may have/);
  const tries = [
    [closed, 'closed', 'Reopen', 'You reopened the conversation'],
    [pending, 'pending', 'Take up again', 'You took it up again'],
  ] as const;
  for (const [id, list, action] of tries) {
    await desk.open(id, list);
    await desk.action(action).click();
    await isFull.waitFor();
  }
  await world.act(adam, 'agent.set-capacity', { agentId: tess.agentId, capacity: null });
  for (const [id, list, action, entry] of tries) {
    await desk.open(id, list);
    expect(await desk.timeline.getByText(entry).count()).toBe(0);
    await desk.action(action).click();
    await desk.timeline.getByText(entry).waitFor();
  }
});

test('R-3.2 where only own teams are targets no other is offered, also while one chooses', async () => {
  const { world } = stage;
  const { tess, adam } = world;
  const own = await world.write(world.newVisitor(), 'Is it for your team?');
  await world.act(tess, 'conversation.accept', { conversationId: own });
  const desk = await stage.desk(tess, { path: `/mine/${own}` });
  const { page } = desk;
  await desk.message('Is it for your team?').waitFor();
  const offered = () => page.getByRole('option').allTextContents();
  await page.keyboard.press('s');
  await page.getByRole('option', { name: /^Ben/ }).waitFor();
  const names = async () => (await offered()).map((text) => text.replace(/\d.*$/, ''));
  expect(await names()).toEqual(expect.arrayContaining(['Sales', 'Support']));
  await world.act(adam, 'workspace.change-settings', { transferTargets: 'own-teams' });
  await page.getByRole('option', { name: /^Sales/ }).waitFor({ state: 'detached' });
  await page.getByRole('option', { name: /^Ben/ }).click();
  await page
    .getByRole('alert')
    .getByText('Conversations may not be passed on to this colleague or team.')
    .waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('option').first().waitFor({ state: 'detached' });
  await page.keyboard.press('s');
  await page.getByRole('option').first().waitFor();
  expect(await names()).toEqual(['Support']);
  await world.act(adam, 'workspace.change-settings', { transferTargets: 'all' });
});

test('R-3.5 a colleague is brought in by name, who answers beside one; also one who is not there yet', async () => {
  const { world } = stage;
  const { adam } = world;
  await world.act(world.tess, 'agent.set-availability', {
    availability: 'offline',
    conversations: 'keep',
  });
  const own = await world.write(world.newVisitor(), 'It is about two things');
  await world.act(world.ann, 'conversation.accept', { conversationId: own });
  await ann.open(own, 'mine');
  const bringIn = async (name: RegExp) => {
    await ann.page.locator('main header').getByRole('button', { name: 'More actions' }).click();
    await ann.page.getByRole('menuitem', { name: 'Add a colleague' }).click();
    await ann.page.getByRole('option', { name }).click();
  };
  await bringIn(/^Ben/);
  await ann.timeline.getByText('You brought Ben in').waitFor();
  await ben.card('It is about two things').click();
  await ben.message('It is about two things').waitFor();
  await ben.send('I know the second one');
  await ann.message('I know the second one').waitFor();
  await bringIn(/^Tess/);
  await ann.timeline.getByText('You brought Tess in').waitFor();
  // Who is in it is not offered once more.
  await ann.page.locator('main header').getByRole('button', { name: 'More actions' }).click();
  await ann.page.getByRole('menuitem', { name: 'Add a colleague' }).click();
  await ann.page.getByRole('option', { name: /^Susan/ }).waitFor();
  expect(await ann.page.getByRole('option', { name: /^(Ben|Tess|Ann|Me)/ }).count()).toBe(0);
  await ann.page.keyboard.press('Escape');
  await world.act(world.tess, 'agent.set-availability', { availability: 'online' });
  await world.act(adam, 'agent.set-capacity', { agentId: world.ben.agentId, capacity: null });
});

test('R-2.2, R-3.3 given out by itself there is no queue for agents, and what waits comes into Mine', async () => {
  const { world } = stage;
  const susan = await stage.desk(world.susan);
  await ann.page.goto('/queue');
  const queue = ({ page }: Desk) =>
    page.getByRole('navigation', { name: 'Lists' }).getByRole('link', { name: /Queue$/ });
  await queue(ann).waitFor();
  for (const who of [world.olga, world.ben, world.tess])
    await world.act(who, 'agent.set-availability', { availability: 'away' });
  await world.act(world.adam, 'workspace.change-settings', { routing: 'round-robin' });
  await queue(ann).waitFor({ state: 'detached' });
  await expect.poll(() => new URL(ann.page.url()).pathname).toBe('/mine');
  expect(await queue(susan).count()).toBe(1);
  await world.write(world.newVisitor(), 'Who has time for me?');
  await ann.card('Who has time for me?').click();
  await ann.timeline.getByText('Automatically assigned to You').waitFor();
});
