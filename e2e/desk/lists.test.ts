import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYSTEM } from '../../server/src/platform/pipeline/command.ts';
import { turnClock } from '../../server/src/testing/clock.ts';
import type { Visitor } from '../../server/src/testing/world.ts';
import { type Desk, Stage } from './stage.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

let stage: Stage;
let dora: Visitor;
let bert: Visitor;
/** By what each conversation is about: Ann's four, and others. */
const ids: Record<string, string> = {};
beforeAll(async () => {
  stage = await Stage.open();
  await fill();
});
afterAll(async () => {
  await stage.close();
  expect(stage.troubles).toEqual([]);
});

const turn = (byMs: number) =>
  turnClock(stage.world.server.engine.pool, stage.world.workspaceId, byMs);

/** Four conversations that each of the four orders puts otherwise. */
async function fill(): Promise<void> {
  const { world } = stage;
  const of = Object.fromEntries(
    ['dates', 'apples', 'bread', 'cheese'].map((what) => [what, world.newVisitor()]),
  ) as Record<'dates' | 'apples' | 'bread' | 'cheese', Visitor>;
  dora = of.dates;
  bert = of.bread;
  for (const [what, visitor] of Object.entries(of)) {
    const conversationId = await world.write(visitor, `About ${what}`);
    await world.act(world.ann, 'conversation.accept', { conversationId });
    ids[what] = conversationId;
    await turn(SECOND);
  }
  for (const what of ['apples', 'bread']) {
    const input = { conversationId: ids[what], text: `We look for ${what}` };
    await world.act(world.ann, 'message.send', input);
    await turn(SECOND);
  }
  await world.write(of.apples, 'Still about apples');
  await turn(SECOND);
}

/** What the cards of a list are about, from its upper edge on. */
async function order(desk: Desk): Promise<string[]> {
  const shown = await desk.cards.evaluateAll((cards) =>
    cards
      .map((card) => ({
        id: card.getAttribute('data-card'),
        top: card.getBoundingClientRect().top,
      }))
      .sort((left, right) => left.top - right.top)
      .map(({ id }) => id),
  );
  return shown.map((id) => Object.keys(ids).find((what) => ids[what] === id) ?? 'another');
}

const isOrder = (desk: Desk, ...whats: string[]) => expect.poll(() => order(desk)).toEqual(whats);

async function sortBy(desk: Desk, name: string): Promise<void> {
  await desk.page.getByRole('button', { name: /^Sorted by/ }).click();
  await desk.page.getByRole('menuitemradio', { name }).click();
  await desk.page.keyboard.press('Escape');
}

test('R-2.4, R-2.5 a list is sorted, narrowed and searched; all browsers of an agent keep it, no other agent', async () => {
  const { ann, susan } = stage.world;
  const desk = await stage.desk(ann, { path: '/mine' });
  await isOrder(desk, 'apples', 'cheese', 'bread', 'dates');
  await sortBy(desk, 'Newest conversation');
  await isOrder(desk, 'cheese', 'bread', 'apples', 'dates');
  await sortBy(desk, 'Oldest last message');
  await isOrder(desk, 'dates', 'cheese', 'bread', 'apples');
  await sortBy(desk, 'Longest waiting');
  await isOrder(desk, 'dates', 'cheese', 'apples', 'bread');

  const search = desk.page.getByRole('textbox', { name: /^Search this list/ });
  await search.fill('look for br');
  await isOrder(desk, 'bread');
  await search.pressSequentially('ead');
  await isOrder(desk, 'bread');
  await desk.page.getByRole('status').getByText('1 found').waitFor();
  await search.fill('');
  await isOrder(desk, 'dates', 'cheese', 'apples', 'bread');

  await stage.world.act(ann, 'conversation.flag', { conversationId: ids.bread });
  await stage.world.act(ann, 'conversation.flag', { conversationId: ids.cheese });
  await desk.page.getByRole('button', { name: 'Filter this list' }).click();
  await desk.page.getByRole('checkbox', { name: 'Flagged' }).click();
  await desk.page.keyboard.press('Escape');
  await isOrder(desk, 'cheese', 'bread');

  const second = await stage.desk(ann, { path: '/mine' });
  await second.page.getByRole('button', { name: 'Sorted by: Longest waiting' }).waitFor();
  await isOrder(second, 'cheese', 'bread');
  const other = await stage.desk(susan, { path: '/mine' });
  await other.page
    .getByRole('button', { name: 'Sorted by: Newest activity of the contact' })
    .waitFor();
  await other.page.getByRole('button', { name: 'Filter this list', exact: true }).waitFor();

  await second.page.getByRole('button', { name: 'Take off: Flagged' }).click();
  await isOrder(second, 'dates', 'cheese', 'apples', 'bread');
  // The other browser follows at once, and keeps it over a reload.
  await isOrder(desk, 'dates', 'cheese', 'apples', 'bread');
  await sortBy(desk, 'Newest conversation');
  await isOrder(second, 'cheese', 'bread', 'apples', 'dates');
  await sortBy(second, 'Longest waiting');
  await desk.page.getByRole('button', { name: 'Sorted by: Longest waiting' }).waitFor();
  await desk.page.reload();
  await isOrder(desk, 'dates', 'cheese', 'apples', 'bread');
});

test('a closed menu gives the focus back at once, and does not fetch it from where one went meanwhile', async () => {
  const { page } = await stage.desk(stage.world.ann, { path: '/mine' });
  const button = page.getByRole('button', { name: /^Sorted by/ });
  const menu = page.getByRole('menu');
  const isFocused = (locator: Locator) =>
    locator.evaluate((element) => element === document.activeElement);
  await page.evaluate(() => {
    const slow = new CSSStyleSheet();
    slow.replaceSync('[role=menu] { transition-duration: 700ms !important }');
    document.adoptedStyleSheets.push(slow);
  });
  await button.focus();
  await page.keyboard.press('Enter');
  await menu.locator(':focus').waitFor();
  await page.keyboard.press('Escape');
  expect(await isFocused(button)).toBe(true);
  const search = page.getByRole('textbox', { name: /^Search this list/ });
  await search.focus();
  await menu.waitFor({ state: 'detached' });
  expect(await isFocused(search)).toBe(true);
});

test('R-2.1 an entry that moves does not push another under the pointer; it is in its place when the pointer has left', async () => {
  const desk = await stage.desk(stage.world.ann, { path: '/mine' });
  await sortBy(desk, 'Newest activity of the contact');
  await isOrder(desk, 'apples', 'cheese', 'bread', 'dates');
  const box = (await desk.card('Still about apples').boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await desk.page.mouse.move(x, y);
  await stage.world.write(dora, 'Dates once more');
  // A hand is never quite still.
  let step = 0;
  await expect
    .poll(
      async () => {
        await desk.page.mouse.move(x + (step++ % 5), y);
        return desk.card('Dates once more').count();
      },
      { interval: 20, timeout: 30_000 },
    )
    .toBe(1);
  expect(await order(desk)).toEqual(['apples', 'cheese', 'bread', 'dates']);
  await desk.page.mouse.move(x + 600, y);
  await isOrder(desk, 'dates', 'apples', 'cheese', 'bread');
});

test('R-2.1 nor while one walks by keys; what has the focus keeps it wherever it goes', async () => {
  const desk = await stage.desk(stage.world.ann, { path: '/mine' });
  const { page } = desk;
  await isOrder(desk, 'dates', 'apples', 'cheese', 'bread');
  await desk.card('Still about apples').focus();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-card'));
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused).toBe(ids.cheese);
  await stage.world.write(bert, 'Bread once more');
  let step = 0;
  await expect
    .poll(
      async () => {
        await page.keyboard.press(step++ % 2 === 0 ? 'ArrowUp' : 'ArrowDown');
        return desk.card('Bread once more').count();
      },
      { interval: 20, timeout: 30_000 },
    )
    .toBe(1);
  expect(await order(desk)).toEqual(['dates', 'apples', 'cheese', 'bread']);
  const held = await focused();
  expect([ids.apples, ids.cheese]).toContain(held);
  await isOrder(desk, 'bread', 'dates', 'apples', 'cheese');
  expect(await focused()).toBe(held);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/mine/${held}`);
});

test('R-3.1 who gives a conversation back to the queue may have it back', async () => {
  const desk = await stage.desk(stage.world.ann, { path: '/mine' });
  await desk.open(ids.dates!, 'mine');
  await desk.page.locator('main header').getByRole('button', { name: 'More actions' }).click();
  await desk.page.getByRole('menuitem', { name: 'Back to the queue' }).click();
  await desk.timeline.getByText('You gave it back to the queue').waitFor();
  await desk.toast('It is back in the queue').waitFor();
  await isOrder(desk, 'bread', 'apples', 'cheese');
  await desk.page.getByRole('button', { name: 'Undo' }).click();
  await isOrder(desk, 'bread', 'dates', 'apples', 'cheese');
});

test('R-1.5, R-1.6 the desk says why nobody has a conversation any more, and why it was closed', async () => {
  const { world } = stage;
  const system = { workspaceId: world.workspaceId, actor: SYSTEM };
  const desk = await stage.desk(world.susan, { path: '/open' });
  await world.act(world.ann, 'conversation.unflag', { conversationId: ids.cheese });
  await desk.open(ids.cheese!);
  await turn(15 * MINUTE);
  await world.act(system, 'conversation.tick', { conversationId: ids.cheese });
  await desk.timeline.getByText('Ann did not answer. It is queued again').waitFor();

  await world.act(world.ben, 'conversation.accept', { conversationId: ids.cheese });
  await world.act(world.ben, 'message.send', { conversationId: ids.cheese, text: 'Here it is' });
  await turn(15 * MINUTE);
  await world.act(system, 'conversation.tick', { conversationId: ids.cheese });
  await desk.timeline.getByText('Closed, because nobody wrote any more').waitFor();

  await world.act(world.adam, 'workspace.change-settings', { afterDetach: 'reassign' });
  const conversationId = await world.write(world.newVisitor(), 'About nothing else');
  await world.act(world.ann, 'conversation.accept', { conversationId });
  await desk.open(conversationId);
  await turn(15 * MINUTE);
  await world.act(system, 'conversation.tick', { conversationId });
  await desk.timeline.getByText(/^Ann did not answer\. Assignee now: (Ben|Tess)$/).waitFor();
  await world.act(world.adam, 'workspace.change-settings', { afterDetach: 'queue' });
  const why = { conversationId, reason: 'It was a trial' };
  await world.act(world.susan, 'conversation.close', why);
});

test('R-2.5 a list is narrowed by inbox, assignee, team, label and day, alone and together', async () => {
  const { world } = stage;
  const { ann, susan, wholesale, workspaceId } = world;
  const egbert = { workspaceId, actor: { ...world.newVisitor().actor, inboxId: wholesale.id } };
  const eggs = await world.act(egbert, 'message.receive', { text: 'About eggs' });
  ids.eggs = String(eggs.answer.conversationId);
  await turn(4 * DAY);
  ids.figs = await world.write(world.newVisitor(), 'About figs');
  const transfer = { conversationId: ids.figs, teamId: world.sales };
  await world.act(susan, 'conversation.transfer', transfer);
  const label = await world.act(world.olga, 'label.create', { name: 'Fruit', color: '#b45309' });
  const add = [label.answer.labelId];
  await world.act(ann, 'conversation.label', { conversationId: ids.dates, add });

  const desk = await stage.desk(susan, { path: '/open' });
  const isLeft = (...whats: string[]) =>
    expect.poll(async () => (await order(desk)).sort()).toEqual(whats);
  const anns = ['apples', 'bread', 'dates'];
  const all = [...anns, 'eggs', 'figs'];
  await isLeft(...all);
  const inboxes = desk.page.getByRole('group', { name: 'Inboxes' });
  await inboxes.getByRole('button', { name: /^Wholesale/ }).click();
  await isLeft('eggs');
  await inboxes.getByRole('button', { name: /^Wholesale/ }).click();
  await isLeft(...all);

  await desk.page.getByRole('button', { name: 'Filter this list' }).click();
  const panel = desk.page.getByRole('dialog', { name: 'Filter' });
  const choose = (field: string, option: string) =>
    panel.getByLabel(field, { exact: true }).selectOption({ label: option });
  await choose('Assignee', 'Ann');
  await isLeft(...anns);
  await choose('Label', 'Fruit');
  await isLeft('dates');
  await choose('Assignee', 'Nobody has it');
  await desk.page.getByText('Nothing matches').waitFor();
  await choose('Label', 'Any or none');
  await isLeft('eggs', 'figs');
  await choose('Team', 'Sales');
  await isLeft('figs');
  await choose('Team', 'In no team');
  await isLeft('eggs');
  await choose('Assignee', 'Anybody');
  await isLeft(...anns, 'eggs');
  await panel.getByRole('button', { name: 'Clear all filters' }).click();
  await isLeft(...all);
  // The desk's own clock was not turned.
  const between = new Date(Date.now() + 2 * DAY).toISOString().slice(0, 10);
  await panel.getByLabel('Last message from', { exact: true }).fill(between);
  await isLeft('figs');
  await panel.getByLabel('Last message from', { exact: true }).fill('');
  await panel.getByLabel('Last message until', { exact: true }).fill(between);
  await isLeft(...anns, 'eggs');
  await desk.page.keyboard.press('Escape');
  // What changes meanwhile is judged as well.
  await world.act(egbert, 'message.receive', { text: 'Still about eggs' });
  await isLeft(...anns);
  await desk.page.getByRole('button', { name: /^Take off: Last message until/ }).click();
  await isLeft(...all);
});

test('R-2.5 a kept filter whose team and label were deleted says so, hides nothing, and holds again when the label is back', async () => {
  const { world } = stage;
  const { susan, olga, tom } = world;
  const desk = await stage.desk(susan, { path: '/open' });
  const { page } = desk;
  const made = await world.act(olga, 'label.create', { name: 'Nuts', color: '#15803d' });
  const labelId = String(made.answer.labelId);
  const add = { conversationId: ids.eggs, add: [labelId] };
  await world.act(susan, 'conversation.label', add);
  const { answer } = await world.act(olga, 'team.create', { name: 'Kitchen' });
  const teamId = String(answer.teamId);
  await world.act(olga, 'team.add-member', { teamId, agentId: tom.agentId });
  await world.act(susan, 'conversation.transfer', { conversationId: ids.eggs, teamId });
  await expect.poll(async () => (await order(desk)).length).toBeGreaterThan(1);
  await page.getByRole('button', { name: 'Filter this list' }).click();
  const panel = page.getByRole('dialog', { name: 'Filter' });
  await panel.getByLabel('Label', { exact: true }).selectOption({ label: 'Nuts' });
  await panel.getByLabel('Team', { exact: true }).selectOption({ label: 'Kitchen' });
  await page.keyboard.press('Escape');
  await isOrder(desk, 'eggs');

  await world.act(olga, 'team.delete', { teamId });
  const gone = page
    .getByRole('status')
    .getByText(/^Something that this list was narrowed to is gone/);
  await gone.waitFor();
  await isOrder(desk, 'eggs');
  await world.act(olga, 'label.delete', { labelId });
  await expect.poll(async () => (await order(desk)).length).toBeGreaterThan(1);
  expect(await page.getByRole('button', { name: /^Take off: / }).count()).toBe(0);
  await page.reload();
  await gone.waitFor();
  expect(await desk.wrongs()).toEqual([]);
  await world.act(olga, 'label.restore', { labelId });
  await isOrder(desk, 'eggs');
  await page.getByRole('button', { name: 'Forget it' }).click();
  await gone.waitFor({ state: 'detached' });
  await isOrder(desk, 'eggs');
});
