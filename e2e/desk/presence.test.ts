import type { ConversationId } from '@deskbell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYSTEM } from '../../server/src/platform/pipeline/command.ts';
import { turnClock } from '../../server/src/testing/clock.ts';
import type { Person, Visitor } from '../../server/src/testing/world.ts';
import { type Desk, Stage } from './stage.ts';

const MINUTE = 60_000;

/** Who is there, and what becomes of the conversations of who goes, each in the browser of who does it. */
let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(async () => {
  await stage.close();
  // Where a session has ended, its desk is told so once more.
  expect(stage.troubles.filter((text) => !text.includes('401 (Unauthorized)'))).toEqual([]);
});

const self = ({ page }: Desk, { name }: Person, state: string) =>
  page.getByRole('button', { name: `${name}, ${state}: ` });

async function choose(desk: Desk, who: Person, item: string): Promise<void> {
  await desk.page.getByRole('button', { name: `${who.name}, ` }).click();
  await desk.page
    .getByRole('menuitemradio', { name: item })
    .or(desk.page.getByRole('menuitem', { name: item }))
    .click();
}

/** An open conversation of theirs, whose contact waits for no answer. */
async function has(who: Person, text: string): Promise<{ id: ConversationId; by: Visitor }> {
  const { world } = stage;
  const by = world.newVisitor();
  const conversationId = (await world.write(by, text)) as ConversationId;
  await world.act(who, 'conversation.accept', { conversationId });
  await world.act(who, 'message.send', { conversationId, text: 'One moment' });
  return { id: conversationId, by };
}

test('R-4.2 going offline asks what becomes of open conversations: stay, queue them again, or keep them', async () => {
  const { world } = stage;
  const { ann, ben } = world;
  const { by } = await has(ann, 'Is it in stock?');
  const [desk, tab, other] = await Promise.all([
    stage.desk(ann, { path: '/mine' }),
    stage.desk(ann, { path: '/mine' }),
    stage.desk(ben),
  ]);
  await desk.card('One moment').waitFor();
  const asked = desk.page.getByRole('dialog', { name: 'You have 1 open conversation' });

  await choose(desk, ann, 'Offline');
  await asked.getByRole('button', { name: 'Stay as you are' }).click();
  await asked.waitFor({ state: 'detached' });
  await self(desk, ann, 'Online').waitFor();

  await choose(desk, ann, 'Offline');
  await asked.getByRole('button', { name: 'Queue it again' }).click();
  await other.card('One moment').waitFor();
  // On every device of hers, with the way back at hand.
  for (const each of [desk, tab]) {
    await self(each, ann, 'Offline').waitFor();
    await each.card('One moment').waitFor({ state: 'detached' });
  }
  await tab.page.getByRole('status').getByText('1 person is waiting.').waitFor();
  await tab.page.getByRole('button', { name: 'Go online' }).click();
  await self(desk, ann, 'Online').waitFor();
  await desk.page.goto('/queue');
  await desk.card('One moment').click();
  await desk.timeline.getByText('You went offline').waitFor();
  await desk.action('Accept').click();
  await other.card('One moment').waitFor({ state: 'detached' });

  await choose(desk, ann, 'Offline');
  await asked.getByRole('button', { name: 'Keep and go' }).click();
  await self(tab, ann, 'Offline').waitFor();
  await tab.card('One moment').waitFor();
  // It stays kept when its contact writes, and what is answered is sent once she is back.
  await world.write(by, 'Still there?');
  await tab.card('Still there?').click();
  await tab.field.fill('Yes, here');
  await tab.page.getByRole('button', { name: 'Go online and send' }).click();
  await tab.message('Yes, here').waitFor();
  await self(desk, ann, 'Online').waitFor();
  expect(await other.cards.count()).toBe(0);
  await world.act(ann, 'agent.set-availability', { availability: 'online' });
  for (const { page } of [desk, tab, other]) await page.context().close();
});

test('R-4.2 signing out asks the same, and who has nothing open just goes', async () => {
  const { world } = stage;
  const { tess, susan } = world;
  await has(tess, 'May I return it?');
  const [desk, other] = await Promise.all([stage.desk(tess, { path: '/mine' }), stage.desk(susan)]);
  await desk.card('One moment').waitFor();
  await choose(desk, tess, 'Sign out');
  const asked = desk.page.getByRole('dialog', { name: 'You have 1 open conversation' });
  await asked.getByRole('button', { name: 'Stay as you are' }).click();
  await asked.waitFor({ state: 'detached' });
  await choose(desk, tess, 'Sign out');
  await asked.getByRole('button', { name: 'Queue it again' }).click();
  await desk.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await other.card('One moment').waitFor();

  await choose(other, susan, 'Sign out');
  await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  for (const { page } of [desk, other]) await page.context().close();
});

test('R-4.1 the switch has its keys and is the same in all browsers; who is away by idleness sees so, and is back with a touch', async () => {
  const { world } = stage;
  const { ben, adam } = world;
  const [desk, other] = await Promise.all([
    stage.desk(ben, { path: '/open' }),
    stage.desk(ben, { path: '/open' }),
  ]);
  for (const key of ['o', 'a']) await desk.page.keyboard.press(key);
  await self(other, ben, 'Away').waitFor();
  for (const key of ['o', 'n']) await other.page.keyboard.press(key);
  await self(desk, ben, 'Online').waitFor();
  await other.page.context().close();

  await world.act(adam, 'workspace.change-settings', { awayAfterMs: 20 * MINUTE });
  const { pool } = world.server.engine;
  const at = Date.now();
  await turnClock(pool, world.workspaceId, 30 * MINUTE);
  const isIdle = async () => {
    await pool`update desk_attention set used_at = ${at} where agent_id = ${ben.agentId}`;
    await world.act({ ...ben, actor: SYSTEM }, 'agent.tick', { agentId: ben.agentId });
    return self(desk, ben, 'Away, idle').isVisible();
  };
  // The other desk may not be gone yet, and then it was touched just now.
  await expect.poll(isIdle).toBe(true);
  const board = await stage.desk(adam, { path: '/board' });
  await board.page.getByText(/^Away, idle/).waitFor();
  await board.page.context().close();

  await expect
    .poll(async () => {
      await desk.page.mouse.click(700, 450);
      return self(desk, ben, 'Online').isVisible();
    })
    .toBe(true);
  await world.act(adam, 'workspace.change-settings', { awayAfterMs: 0 });
  await desk.page.context().close();
});

test('R-4.2 who signs out and keeps them is at the sign-in in every tab, has them still, and is online again by signing in', async () => {
  const { world } = stage;
  const { ann, ben } = world;
  await world.act(ben, 'agent.set-availability', { availability: 'online' });
  const { id: conversationId, by } = await has(ben, 'Which colours are there?');
  await world.act(ben, 'message.send', { conversationId, text: 'Blue alone' });
  const [desk, tab, other] = await Promise.all([
    stage.desk(ben, { path: '/mine' }),
    stage.desk(ben, { path: '/mine' }),
    stage.desk(ann, { path: '/open' }),
  ]);
  for (const each of [desk, tab, other]) await each.card('Blue alone').waitFor();
  await choose(desk, ben, 'Sign out');
  await desk.page.getByRole('button', { name: 'Keep and go' }).click();
  for (const { page } of [desk, tab])
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

  await world.write(by, 'And in red?');
  await other.card('And in red?').waitFor();
  await other.page.goto('/queue');
  await world.write(world.newVisitor(), 'Somebody new');
  await other.card('Somebody new').waitFor();
  expect(await other.card('And in red?').count()).toBe(0);

  await desk.page.getByLabel('Email').fill(ben.email);
  await desk.page.getByLabel('Password', { exact: true }).fill('tulip-gravel-ninety-lantern');
  await desk.page.getByRole('button', { name: 'Sign in' }).click();
  await self(desk, ben, 'Online').waitFor();
  await desk.page.goto('/mine');
  await desk.card('And in red?').waitFor();
  for (const { page } of [desk, tab, other]) await page.context().close();
});
