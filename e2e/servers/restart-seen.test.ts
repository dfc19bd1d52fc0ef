import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../resume/stage.ts';
import { openScene, type Scene } from './scene.ts';
import type { ServerProcess } from './server-process.ts';
import { popUpsOn, signsOn, watchForSigns } from './signs.ts';

const PATIENCE_MS = 60_000;
const DRAFT = 'Dear Walt, about your long story: ';

let scene: Scene;
const expected: string[] = ['do you open on Sundays?'];
beforeAll(async () => {
  scene = await openScene();
  await leaveAsTheyAre();
});
afterAll(() => scene?.close());

const composer = (page: Page) => page.getByRole('textbox', { name: /^Message to/ });
const timeline = (page: Page) => page.getByRole('log', { name: 'Messages' });
const sheet = () => scene.desk.withDialog.getByRole('dialog', { name: 'Keyboard shortcuts' });
const frames = async () =>
  Promise.all([scene.visitor.left, scene.visitor.used].map((chat) => chat.frame()));
const pages = () => [scene.desk.left, scene.desk.withDialog, scene.desk.used];

/** Half-written, scrolled, opened: as somebody has it who was called away. */
async function leaveAsTheyAre(): Promise<void> {
  const { desk, visitor } = scene;
  await composer(desk.left).fill(DRAFT);
  await desk.left.locator('[data-card]').first().hover();
  await desk.left.mouse.wheel(0, 300);
  await timeline(desk.left).hover();
  await desk.left.mouse.wheel(0, -600);
  await composer(desk.left).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(5, 9));
  await desk.withDialog.locator('body').press('?');
  await sheet().waitFor();
  await (await visitor.left.field()).pressSequentially('and on holi');
  await until(async () => expect(await whatIsLeft()).toMatchObject({ isSettled: true }));
}

/** What its person would find changed. */
async function whatIsLeft() {
  const { desk, visitor } = scene;
  const held = await desk.left.evaluate(() => {
    const field = document.activeElement as HTMLTextAreaElement;
    const offsets = [...document.querySelectorAll('*')]
      .filter(({ scrollTop }) => scrollTop > 0)
      .map(({ scrollTop }) => Math.round(scrollTop));
    const first = [...document.querySelectorAll('[role=log] [data-message]')].find(
      (each) => each.getBoundingClientRect().top > 100,
    );
    return {
      draft: field.value,
      caret: [field.selectionStart, field.selectionEnd],
      offsets,
      first: first && [first.textContent, Math.round(first.getBoundingClientRect().top)],
    };
  });
  const field = await visitor.left.field();
  const half = await field.inputValue();
  const hasFocus = await field.evaluate((each) => each === document.activeElement);
  const isSettled = held.offsets.length === 2;
  return { ...held, half, hasFocus, isOpen: await sheet().isVisible(), isSettled };
}

async function writeBothWays(when: string): Promise<void> {
  const { desk, visitor } = scene;
  const [theirs, ours] = [`visitor, ${when}`, `Ben, ${when}`];
  await visitor.used.write(theirs);
  // It stands there at once, whatever becomes of it.
  await (await visitor.used.frame()).locator('.bubble').filter({ hasText: theirs }).waitFor();
  await timeline(desk.used).getByText(theirs).waitFor({ timeout: PATIENCE_MS });
  await composer(desk.used).fill(ours);
  await composer(desk.used).press('Enter');
  await timeline(desk.used).getByText(ours).waitFor();
  await until(async () => expect(await visitor.used.messages()).toContain(ours), PATIENCE_MS);
  expected.push(theirs, ours);
}

/** A new page while it happens: the desk, all that belongs to it, and what it asks for. */
async function openAnew(): Promise<void> {
  const page = await scene.desks.newPage();
  const failed: string[] = [];
  page.on('requestfailed', (request) => failed.push(request.url()));
  page.on('response', (answer) => {
    if (!answer.ok() && answer.status() !== 304) failed.push(`${answer.status()} ${answer.url()}`);
  });
  const answer = await page.goto(`/queue/${scene.chatId}`);
  expect(answer?.status()).toBe(200);
  await timeline(page).locator('[data-message]').last().waitFor();
  expect(failed).toEqual([]);
  await page.close();
}

async function expectAllOnceInOrder(): Promise<void> {
  const { stage, desk, visitor, chatId, leftId } = scene;
  expect(await stage.stored(chatId)).toEqual(expected);
  for (const chat of [visitor.used, visitor.left])
    await until(async () => expect(await chat.messages()).toEqual(expected), PATIENCE_MS);
  await until(async () => {
    const shown = await timeline(desk.used).locator('[data-message]').allInnerTexts();
    const found = shown.map((text) => expected.find((each) => text.includes(each)));
    expect(found).toEqual(expected.slice(-found.length));
  }, PATIENCE_MS);
  const { agentId } = stage.world.ben;
  const rows = await stage.world.server.engine.pool`
    select assignee_id as "by" from conversations where id in (${chatId}, ${leftId})`;
  expect(rows.map(({ by }) => by)).toEqual([agentId, agentId]);
  expect([...scene.seenAs]).toEqual(['online']);
}

/** The servers one after the other, as `end` ends them. What is done meanwhile is done at each. */
async function endInTurn(
  end: (server: ServerProcess) => Promise<unknown>,
  meanwhile: (number: number) => Promise<void>,
): Promise<void> {
  for (const [index, server] of scene.fleet.servers.entries()) {
    await scene.load.more(20);
    const ended = end(server);
    await meanwhile(index + 1);
    await ended;
    await scene.load.more(20);
    await server.startAgain();
    await scene.leading.leadsTo(3);
  }
}

const waiting = (page: Page) =>
  page.title().then((title) => Number(/^\((\d+)\)/.exec(title)?.[1] ?? 0));

it('R-5.2, R-4.1 servers restart one after the other under load, and nobody notices', async () => {
  const { desk, stage } = scene;
  const before = await whatIsLeft();
  const [count] = await Promise.all(pages().map(waiting));
  for (const each of [...pages(), ...(await frames())]) await watchForSigns(each);

  await endInTurn(
    async (server) => expect(await server.stop()).toBe(0),
    async (number) => {
      await writeBothWays(`while ${number} restarts`);
      await openAnew();
      await stage.world.write(stage.world.newVisitor(), `new while ${number} restarts`);
    },
  );
  await writeBothWays('after all');

  for (const each of [...pages(), ...(await frames())]) expect(await signsOn(each)).toEqual([]);
  expect(await whatIsLeft()).toEqual(before);
  // Each was led elsewhere at least once: they were on three servers, and all three have gone.
  for (const page of [...pages(), scene.visitor.left.page, scene.visitor.used.page])
    expect(scene.sockets.get(page)).toBeGreaterThan(1);
  for (const page of pages())
    await until(async () => expect(await waiting(page)).toBe(Number(count) + 3));
  const told = (await Promise.all(pages().map(popUpsOn))).flat();
  for (const number of [1, 2, 3])
    expect(told.filter((text) => text.includes(`new while ${number} restarts`))).toHaveLength(1);
  expect(scene.troubles).toEqual([]);
  await expectAllOnceInOrder();
  expect(await timeline(desk.used).isVisible()).toBe(true);
});

it('R-5.2 servers are killed one after the other: what was just sent stays, and arrives once', async () => {
  const before = await whatIsLeft();
  for (const each of [...pages(), ...(await frames())]) await watchForSigns(each);
  await endInTurn(
    (server) => server.kill(),
    (number) => writeBothWays(`while ${number} lies dead`),
  );
  // At most that the line was gone for a while; nothing empties, and nothing is called failed.
  const mild = ['cut off', 'later'];
  for (const each of [...pages(), ...(await frames())])
    expect((await signsOn(each)).filter((sign) => !mild.includes(sign))).toEqual([]);
  await expectAllOnceInOrder();
  for (const page of pages())
    await until(
      async () => expect(await page.getByText('connection is gone').count()).toBe(0),
      PATIENCE_MS,
    );
  expect(await whatIsLeft()).toEqual(before);
  expect(await scene.load.expectNothingLost()).toBeGreaterThan(200);
});
