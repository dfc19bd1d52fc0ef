import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYSTEM } from '../../server/src/platform/pipeline/command.ts';
import { turnClock } from '../../server/src/testing/clock.ts';
import type { Person, Visitor } from '../../server/src/testing/world.ts';
import { type Desk, Stage } from './stage.ts';

const MINUTE = 60_000;

/** How a conversation stands, what a card says of it, what else its contact asked, and what becomes of it while a desk sleeps. */
let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(async () => {
  await stage.close();
  expect(stage.troubles).toEqual([]);
});

const closeAll = async (...desks: Desk[]) => {
  for (const { page } of desks) await page.context().close();
};

/** What somebody has written, and who. */
async function asked(text: string, by: Visitor = stage.world.newVisitor()) {
  return { by, id: await stage.world.write(by, text) };
}
const accept = (who: Person, conversationId: string) =>
  stage.world.act(who, 'conversation.accept', { conversationId });

/** What stands on the tabs. */
async function counts({ page }: Desk): Promise<Record<string, number>> {
  const tabs = page.getByRole('navigation', { name: 'Lists' }).getByRole('link');
  const texts = await tabs.allTextContents();
  return Object.fromEntries(
    texts.map((text) => [text.replace(/^\d+/, ''), Number.parseInt(text, 10)]),
  );
}

test('R-1.1, R-2.1 through a whole life the tabs count at once what each list holds, as a reload does; the timeline says who did what and when', async () => {
  const { world } = stage;
  const begun = Date.now();
  const ann = await stage.desk(world.ann, { path: '/mine' });
  const shown = (some: Record<string, number>) =>
    expect
      .poll(() => counts(ann))
      .toEqual({ Queue: 0, Mine: 0, 'All open': 0, Pending: 0, Closed: 0, ...some });
  await shown({});
  const { id, by } = await asked('Which size?');
  const elsewhere = { ...by, actor: { ...by.actor, inboxId: world.wholesale.id } };
  const susan = await stage.desk(world.susan);
  const waits = (inbox: string, count: number) =>
    susan.page
      .getByRole('group', { name: 'Inboxes' })
      .getByRole('button', { name: new RegExp(`^${inbox}.*${count} contacts? waits? for`) })
      .waitFor();
  await waits('Shop', 1);
  await waits('Wholesale', 0);
  // Of an inbox that Ann doesn't see.
  await asked('By the pallet', elsewhere);
  await waits('Wholesale', 1);
  await shown({ Queue: 1, 'All open': 1 });
  const conversationId = id;
  await accept(world.ann, id);
  await shown({ Mine: 1, 'All open': 1 });
  await world.act(world.ann, 'conversation.mark-pending', { conversationId });
  await shown({ Mine: 1, Pending: 1 });
  await world.write(by, 'Forty-two');
  await shown({ Mine: 1, 'All open': 1 });
  await world.act(world.ann, 'conversation.assign', { conversationId, agentId: world.ben.agentId });
  await shown({ 'All open': 1 });
  await world.act(world.ben, 'conversation.unassign', { conversationId });
  await shown({ Queue: 1, 'All open': 1 });
  await accept(world.ann, id);
  await world.act(world.ann, 'conversation.close', { conversationId });
  await shown({ Closed: 1 });
  await world.act(world.ben, 'conversation.reopen', { conversationId });
  await shown({ 'All open': 1 });
  await world.act(world.ben, 'conversation.transfer', { conversationId, teamId: world.sales });
  await shown({ Queue: 1, 'All open': 1 });
  const before = await counts(ann);
  await ann.open(id);
  await expect.poll(() => counts(ann)).toEqual(before);

  const lines = ann.timeline.locator('p:has(time)');
  await expect.poll(() => lines.count()).toBe(10);
  const texts = await lines.evaluateAll((each) =>
    each.map((line) => line.firstElementChild?.textContent?.replace(/Visitor \w+/, 'Visitor')),
  );
  expect(texts).toEqual([
    'Visitor opened the conversation',
    'You took the conversation',
    'You marked it pending',
    'Open again, because Visitor wrote',
    'You assigned it to Ben',
    'Ben gave it back to the queue',
    'You took the conversation',
    'You closed the conversation',
    'Ben reopened the conversation',
    'Ben passed it on to the team Sales',
  ]);
  for (const at of await lines
    .locator('time')
    .evaluateAll((each) => each.map((time) => Date.parse((time as HTMLTimeElement).dateTime))))
    expect(at - begun).toBeGreaterThanOrEqual(-1_000);
  await world.act(world.susan, 'conversation.close', { conversationId, reason: 'Answered' });
  await world.act(elsewhere, 'conversation.end', {});
  for (const inbox of ['Shop', 'Wholesale']) await waits(inbox, 0);
  await closeAll(ann, susan);
});

test('R-1.8 what else the contact asked stands beside the conversation, follows what happens, and opens', async () => {
  const { world } = stage;
  const first = await asked('Where is my invoice?');
  await accept(world.ann, first.id);
  await world.act(world.ann, 'message.send', {
    conversationId: first.id,
    text: 'In your **mailbox**',
  });
  await world.act(first.by, 'conversation.end', {});
  const second = await asked('And my parcel?', first.by);
  const elsewhere = { ...first.by, actor: { ...first.by.actor, inboxId: world.wholesale.id } };
  await asked('By the pallet', elsewhere);

  const [ann, susan] = [await stage.desk(world.ann), await stage.desk(world.susan)];
  const others = ({ page }: Desk) => page.getByRole('region', { name: 'Other conversations' });
  await ann.card('And my parcel?').click();
  const past = others(ann).getByRole('link');
  await past.filter({ hasText: 'In your mailbox' }).waitFor();
  expect(await past.first().textContent()).toMatch(/Shop.*Ann.*By the contact$/);
  // In an inbox that she doesn't see.
  expect(await past.count()).toBe(1);
  await susan.open(second.id);
  await others(susan).getByRole('link').filter({ hasText: 'By the pallet' }).waitFor();
  expect(await others(susan).getByRole('link').count()).toBe(2);

  await past.click();
  await ann.message('In your mailbox').waitFor();
  expect(new URL(ann.page.url()).pathname).toBe(`/queue/${first.id}`);
  await past.filter({ hasText: 'And my parcel?' }).getByText('Open', { exact: true }).waitFor();
  await world.act(world.susan, 'conversation.close', { conversationId: second.id, reason: 'Spam' });
  await past.filter({ hasText: 'And my parcel?' }).getByText('By an agent').waitFor();
  await world.act(world.ben, 'conversation.reopen', { conversationId: second.id });
  await world.act(first.by, 'conversation.end', {});
  await asked('A third matter', first.by);
  await past.filter({ hasText: 'A third matter' }).waitFor();
  expect(await past.count()).toBe(2);

  for (let further = 0; further < 5; further += 1) {
    await world.act(first.by, 'conversation.end', {});
    await asked(`Matter ${further}`, first.by);
  }
  await past.filter({ hasText: 'Matter 4' }).waitFor();
  await expect.poll(() => past.count()).toBe(5);
  await others(ann).getByRole('button', { name: 'Show more' }).click();
  await past.filter({ hasText: 'And my parcel?' }).waitFor();
  expect(await past.count()).toBe(7);
  expect(await ann.wrongs()).toEqual([]);
  await closeAll(ann, susan);
});

test('R-1.8 what is said, closed, opened or goes out of sight elsewhere shows there at once, and nobody asks for it', async () => {
  const { world } = stage;
  const first = await asked('Where is my hat?');
  await world.act(first.by, 'conversation.end', {});
  const second = await asked('And my gloves?', first.by);
  const desk = await stage.desk(world.tess);
  await desk.open(first.id);
  const others = desk.page.getByRole('region', { name: 'Other conversations' }).getByRole('link');
  await others.filter({ hasText: 'And my gloves?' }).getByText('Open', { exact: true }).waitFor();
  // Who asks from now on waits for ever.
  await desk.page.route('**/contacts/*/conversations*', () => {});
  await world.write(first.by, 'The red ones');
  await others.filter({ hasText: 'The red ones' }).waitFor();
  await world.act(first.by, 'conversation.end', {});
  await others.filter({ hasText: 'The red ones' }).getByText('By the contact').waitFor();
  const third = await asked('And my scarf?', first.by);
  await others.first().filter({ hasText: 'And my scarf?' }).waitFor();
  await accept(world.ann, third.id);
  await others.first().getByText('Ann').waitFor();
  const teamId = world.sales;
  await world.act(world.ann, 'conversation.transfer', { conversationId: third.id, teamId });
  await others.filter({ hasText: 'And my scarf?' }).waitFor({ state: 'detached' });
  expect(await others.allTextContents()).toEqual([expect.stringContaining('The red ones')]);
  expect(second.id).not.toBe(third.id);
  await closeAll(desk);
});

test('R-1.3, R-1.4, R-1.8 its status is a menu: pending, open again, done, and back; who may not change it reads it', async () => {
  const { world } = stage;
  const { id, by } = await asked('Is it waterproof?');
  const [ann, ben] = [await stage.desk(world.ann), await stage.desk(world.ben, { path: '/open' })];
  await ann.card('Is it waterproof?').click();
  const status = (name: string) => ann.page.getByRole('button', { name: `Status: ${name}` });
  const choose = async (from: string, to: string) => {
    await status(from).click();
    await ann.page.getByRole('menuitemradio', { name: to }).click();
  };
  // Nobody has it: it may be done with, but nobody waits for its contact.
  await status('Waiting').click();
  expect(await ann.page.getByRole('menuitemradio').allTextContents()).toEqual([
    'Open',
    expect.stringMatching(/^Done/),
  ]);
  await ann.page.keyboard.press('Escape');
  await ann.action('Accept').click();
  await choose('Open', 'Pending');
  await status('Pending').waitFor();
  await ann.page.getByRole('link', { name: /Pending$/ }).click();
  const card = ann.card('Is it waterproof?');
  await card.getByText('Pending', { exact: true }).waitFor();
  await world.write(by, 'Still asking');
  await card.waitFor({ state: 'detached' });
  await ann.open(id, 'mine');
  await ann.timeline.getByText(/^Open again, because Visitor .* wrote$/).waitFor();
  await ann.card('Still asking').waitFor();

  await ben.card('Still asking').click();
  await ben.page.locator('main header').getByText('Open', { exact: true }).waitFor();
  expect(await ben.page.getByRole('button', { name: /^Status:/ }).count()).toBe(0);

  await choose('Open', 'Pending');
  await choose('Pending', 'Open');
  await ann.timeline.getByText('You took it up again').waitFor();
  await choose('Open', 'Done');
  await ann.timeline.getByText('You closed the conversation').waitFor();
  await choose('Closed', 'Open');
  await ann.timeline.getByText('You reopened the conversation').waitFor();
  await status('Open').waitFor();
  await closeAll(ann, ben);
});

/** How red, green and blue the ground of something is, drawn. */
const ground = (locator: Locator) =>
  locator.evaluate((element) => {
    const brush = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    brush.fillStyle = '#fff';
    brush.fillRect(0, 0, 1, 1);
    brush.fillStyle = getComputedStyle(element).backgroundColor;
    brush.fillRect(0, 0, 1, 1);
    return [...brush.getImageData(0, 0, 1, 1).data.slice(0, 3)] as [number, number, number];
  });

test('R-2.3 a card says all of it; untaken it stands on green; its dot stays until it is selected', async () => {
  const { world } = stage;
  const { id } = await asked('Does it come in red?');
  await accept(world.ann, id);
  const made = await world.act(world.adam, 'label.create', { name: 'Colours', color: '#15803d' });
  const other = await asked('Does it come in blue?');
  await world.act(world.ann, 'conversation.label', {
    conversationId: other.id,
    add: [String(made.answer.labelId)],
  });
  await world.act(world.ann, 'conversation.flag', { conversationId: other.id });
  // Last, for what the server still holds of it would be written over it.
  const { pool } = world.server.engine;
  await pool`update conversations set waiting_since = waiting_since - ${7 * MINUTE} where id = ${other.id}`;
  const ann = await stage.desk(world.ann, { path: '/open' });
  const card = ann.card('Does it come in blue?');
  const says = async (...texts: string[]) => {
    for (const text of texts) await card.getByText(text, { exact: true }).waitFor();
  };
  await says('1 unread message', 'Shop', 'Colours', 'Nobody has it yet', 'Waiting 7m');
  expect(await card.textContent()).toMatch(/^Visitor [0-9A-Z]{4}now/);
  for (const sign of ['Inbox', 'Flagged for follow-up', 'New activity'])
    expect(await card.getByRole('img', { name: sign, exact: true }).count()).toBe(1);
  const [red, green, blue] = await ground(card);
  expect([green > red, green > blue]).toEqual([true, true]);

  // Another one is selected: what it says is news until this one is.
  await card.click();
  await card.getByRole('img', { name: 'New activity' }).waitFor({ state: 'detached' });
  await ann.action('Accept').click();
  await card.getByRole('img', { name: 'Ann has it' }).waitFor();
  await card.getByText('Nobody has it yet').waitFor({ state: 'detached' });
  await ann.timeline.getByText('You took the conversation').waitFor();
  await ann.card('Does it come in red?').click();
  await ann.message('Does it come in red?').waitFor();
  await expect
    .poll(async () => {
      const [red, green, blue] = await ground(card);
      return green > red && green > blue;
    })
    .toBe(false);
  await card.getByRole('img', { name: 'New activity' }).waitFor({ state: 'detached' });
  await world.write(other.by, 'Or in green?');
  await ann.card('Or in green?').getByRole('img', { name: 'New activity' }).waitFor();
  await closeAll(ann);
});

test('R-3.1, R-3.4, R-4.1 whom one chose may be gone, full or out of it by then: it is said there, the note is kept, nothing is half done', async () => {
  const { world } = stage;
  const { id } = await asked('Can I pay by invoice?');
  await accept(world.ann, id);
  const ann = await stage.desk(world.ann, { path: `/mine/${id}` });
  const { page } = ann;
  await ann.message('Can I pay by invoice?').waitFor();
  await page.keyboard.press('s');
  const ben = page.getByRole('option', { name: /^Ben/ });
  await ben.waitFor();
  const note = page.getByRole('textbox', { name: 'Note for them' });
  await note.fill('She asked twice');
  const refused = async (text: string | RegExp) => {
    await page.getByRole('alert').getByText(text).waitFor();
    expect(await note.inputValue()).toBe('She asked twice');
    expect(await page.getByRole('option', { selected: true }).textContent()).toMatch(/Ben/);
  };
  const field = page.getByRole('combobox', { name: 'Assign to …' });
  await ben.hover();
  // Gone while one writes, he stands where he stood, and nobody else comes to be chosen in his place.
  await world.act(world.ben, 'agent.set-availability', { availability: 'away' });
  await page.getByRole('option', { name: /^Ben.*not online any more/ }).waitFor();
  await field.press('Enter');
  await refused('This colleague is not online.');

  await world.act(world.ben, 'agent.set-availability', { availability: 'online' });
  await page.getByRole('option', { name: /^Ben.*open/ }).waitFor();
  const limit = { agentId: world.ben.agentId, capacity: 1 };
  await world.act(world.adam, 'agent.set-capacity', limit);
  const bens = await asked('Only for Ben');
  await accept(world.ben, bens.id);
  await field.press('Enter');
  await refused(/^This colleague has as many open conversations as they may have/);

  const member = { inboxId: world.inbox.id, agentId: world.ben.agentId };
  await world.act(world.adam, 'inbox.remove-member', member);
  await field.press('Enter');
  await refused(/may not be passed on to this colleague/);
  await world.act(world.adam, 'inbox.add-member', member);
  await world.act(world.adam, 'agent.set-capacity', { ...limit, capacity: null });

  await world.act(world.adam, 'agent.deactivate', { agentId: world.ben.agentId });
  await field.press('Enter');
  await refused("This colleague or team isn't here any more.");
  await world.act(world.adam, 'agent.reactivate', { agentId: world.ben.agentId });

  ann.line.hold();
  await field.press('Enter');
  await world.act(world.susan, 'conversation.close', { conversationId: id, reason: 'Paid' });
  ann.line.release();
  await refused('The conversation is closed. Reopen it first.');
  await page.keyboard.press('Escape');
  await ann.timeline.getByText('Susan closed the conversation: Paid').waitFor();
  expect(await ann.timeline.getByText('She asked twice').count()).toBe(0);
  await closeAll(ann);
});

test('R-4.1, R-4.2 who wakes a laptop after the grace sees that they went offline, and what became of theirs', async () => {
  const { world } = stage;
  const { tess } = world;
  await world.act(tess, 'agent.set-availability', { availability: 'online' });
  const [answered, waiting] = [await asked('Answered before lunch'), await asked('Still waiting')];
  for (const { id } of [answered, waiting]) await accept(tess, id);
  await world.act(tess, 'message.send', { conversationId: answered.id, text: 'Back at two' });
  const desk = await stage.desk(tess, { path: '/mine' });
  for (const text of ['Back at two', 'Still waiting']) await desk.card(text).waitFor();
  const self = (state: string) =>
    desk.page.getByRole('button', { name: `${tess.name}, ${state}: ` }).waitFor();
  await self('Online');

  await desk.line.cut();
  const { pool } = world.server.engine;
  const desks = () => pool`select from desk_connections where agent_id = ${tess.agentId}`;
  await expect.poll(async () => (await desks()).length).toBe(0);
  await turnClock(pool, world.workspaceId, 20 * MINUTE);
  await world.act({ ...tess, actor: SYSTEM }, 'agent.tick', { agentId: tess.agentId });
  desk.line.mend();
  await self('Offline');
  await desk.page.getByRole('status').getByText('You are offline.').waitFor();
  await desk.card('Still waiting').waitFor({ state: 'detached' });
  await desk.card('Back at two').waitFor();
  const ann = await stage.desk(world.ann);
  await ann.card('Still waiting').click();
  await ann.timeline.getByText('Queued again. Tess went offline').waitFor();
  expect(await ann.card('Back at two').count()).toBe(0);
  await desk.page.getByRole('button', { name: 'Go online' }).click();
  await self('Online');
  await closeAll(desk, ann);
});
