import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { turnClock } from '../../server/src/testing/clock.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(async () => {
  await stage.close();
  expect(stage.troubles).toEqual([]);
});

test('R-14.1 a supervisor reads across the room who waits, for how long, and what each has to do', async () => {
  const { susan, adam, ann, vera, walt } = stage.world;
  const limit = { agentId: ann.agentId, capacity: 4 };
  await stage.world.act(adam, 'agent.set-capacity', limit);
  const { page } = await stage.desk(susan);
  await page.getByRole('link', { name: 'Live board' }).click();
  const number = (name: string) =>
    page
      .getByRole('region', { name: 'How it stands now' })
      .locator('div')
      .filter({
        has: page.locator('dt', { hasText: name }),
      });
  await number('Waiting now').getByText('0', { exact: true }).waitFor();
  await number('Longest wait').getByText('–', { exact: true }).waitFor();

  await stage.world.write(walt, 'Is anybody there?');
  const id = await stage.world.write(vera, 'And here?');
  await number('Waiting now').getByText('2', { exact: true }).waitFor();
  await number('Longest wait')
    .getByText(/^\d+:\d\d$/)
    .waitFor();

  await stage.world.act(ann, 'conversation.accept', { conversationId: id });
  const row = page.getByRole('listitem').filter({ hasText: 'Ann' });
  await row.getByText('1 of 4').waitFor();
  await row.getByText('1 waits for an answer').waitFor();
  await row.getByText(/^Online since /).waitFor();
  await number('Waiting now').getByText('1', { exact: true }).waitFor();
  await stage.world.act(ann, 'message.send', { conversationId: id, text: 'Here I am' });
  await number('In work').getByText('All answered').waitFor();

  await stage.world.act(ann, 'agent.set-availability', { availability: 'away' });
  await row.getByText(/^Away since /).waitFor();
});

test('R-14.1 the board comes back by itself after a break, with what happened meanwhile', async () => {
  const { susan } = stage.world;
  const desk = await stage.desk(susan, { path: '/board' });
  const { page } = desk;
  const waiting = page.locator('dt', { hasText: 'Waiting now' }).locator('xpath=..');
  const shown = waiting.locator('dd span').first();
  await expect.poll(() => shown.textContent()).toMatch(/^\d+$/);
  const before = Number(await shown.textContent());
  await desk.line.cut();
  await page.getByText('this is how it stood last').waitFor();
  await stage.world.write(stage.world.newVisitor(), 'In the dark');
  desk.line.mend();
  await waiting.getByText(String(before + 1), { exact: true }).waitFor();
});

test('R-14.1 on a screen on the wall its numbers are an inch high, and nothing has to be scrolled', async () => {
  const wall = { width: 1920, height: 1080 };
  const { page } = await stage.desk(stage.world.susan, { path: '/board', viewport: wall });
  const height = (locator: Locator) =>
    locator.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  for (const name of ['Waiting now', 'In work', 'Online']) {
    const tile = page.locator('dl > div').filter({ has: page.locator('dt', { hasText: name }) });
    await tile.getByText(/^\d+$/).waitFor();
    expect(await height(tile.getByText(/^\d+$/))).toBeGreaterThanOrEqual(96);
  }
  const rows = page.getByRole('region', { name: 'Agents' }).getByRole('listitem');
  expect(await rows.count()).toBe(8);
  expect(await height(rows.first().locator('[title]').first())).toBeGreaterThanOrEqual(24);
  const hidden = await page
    .locator('main')
    .evaluate((main) => [
      main.scrollHeight - main.clientHeight,
      main.scrollWidth - main.clientWidth,
    ]);
  expect(hidden).toEqual([0, 0]);
});

test('R-14.1, R-4.1 whoever was at a server that died leaves the board when their grace is over', async () => {
  const { susan, ben, tess, workspaceId, server } = stage.world;
  const { pool } = server.engine;
  const { page } = await stage.desk(susan, { path: '/board' });
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  await row('Ben')
    .getByText(/^Online since/)
    .waitFor();
  const online = page
    .locator('dl > div')
    .filter({ has: page.locator('dt', { hasText: 'Online' }) });
  const before = Number(await online.getByText(/^\d+$/).textContent());
  // What a killed server leaves behind: desks that nobody renews. That of Tess is still within the grace.
  for (const [{ agentId }, minutes] of [
    [ben, 16],
    [tess, 14],
  ] as const) {
    const ago = minutes * 60_000;
    await pool`insert into desk_connections (id, workspace_id, agent_id, server_id, renewed_at)
      values (gen_random_uuid(), ${workspaceId}, ${agentId}, gen_random_uuid(), ${Date.now() - ago})`;
    await pool`update agents set availability_at = ${Date.now() - ago}
      where workspace_id = ${workspaceId} and id = ${agentId}`;
  }
  // What this server remembers of them counts no more.
  await turnClock(pool, workspaceId, 1);
  await row('Ben').waitFor({ state: 'detached' });
  await page.getByText(/^Offline: .*Ben/).waitFor();
  await online.getByText(String(before - 1), { exact: true }).waitFor();
  await row('Tess').waitFor();
});

test('R-14.1 an agent has no way to it, and whoever loses the role while looking has it no more', async () => {
  const { ann, susan, olga } = stage.world;
  const agent = await stage.desk(ann);
  await agent.page.getByRole('link', { name: /^Conversations/ }).waitFor();
  expect(await agent.page.getByRole('link', { name: 'Live board' }).count()).toBe(0);
  await agent.page.goto('/board');
  await agent.page.getByText('Your role here does not include it').waitFor();

  const { page } = await stage.desk(susan, { path: '/board' });
  await page.getByRole('heading', { name: 'Agents' }).waitFor();
  await stage.world.act(olga, 'agent.change-role', { agentId: susan.agentId, role: 'agent' });
  await page.getByText('Your role here does not include it').waitFor();
  expect(await page.getByText('Waiting now').count()).toBe(0);
});
