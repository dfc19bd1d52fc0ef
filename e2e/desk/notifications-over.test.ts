import type { ConversationId } from '@deskbell/contract';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Pushed, PushService } from '../../server/src/testing/push-endpoint.ts';
import type { Person } from '../../server/src/testing/world.ts';
import { attending, clear, deliver, openWithPush, outside, popUps, putBehind } from './outside.ts';
import type { Desk, Stage } from './stage.ts';

let stage: Stage;
let service: PushService;
beforeAll(async () => {
  ({ stage, service } = await openWithPush());
});
afterAll(async () => {
  await stage.close();
  await service.close();
});
// What a closed context leaves on the screen keeps that of the next one back for half a minute.
afterEach(async () => {
  for (const context of stage.browser.contexts()) {
    const [page] = context.pages();
    if (page) await clear(page);
    await context.close();
  }
});

/** A desk that may show notifications, behind another window. */
async function behind(who: Person): Promise<Desk> {
  const { world } = stage;
  const desk = await stage.desk(who, { path: '/settings/notifications' });
  const { page } = desk;
  await page.context().grantPermissions(['notifications'], { origin: world.url });
  await page.reload();
  await attending(world, who, 1);
  await isReady(page);
  await putBehind(page);
  return desk;
}
const isReady = (page: Page) =>
  page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

/** Whoever wants to show something outside waits until this page is closed. */
const holdTurn = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        void navigator.locks.request('deskbell.outside', () => {
          resolve();
          return new Promise(() => undefined);
        });
      }),
  );

/** The browser takes it away by itself after some 25 s. */
const BY_OURSELVES = { timeout: 12_000 };

it('R-7.2 R-17.2 the desk closed, what is pushed is shown though a page that sleeps holds the turn; the desk that opens takes back what is over', async () => {
  const { world } = stage;
  const { ann, susan } = world;
  const { page } = await behind(ann);
  const context = page.context();
  const { subscription } = service.subscribe('anns-laptop');
  const deviceId = await page.evaluate(() => localStorage.getItem('deskbell.device'));
  const put = await world.request(ann, `/me/push-devices/${deviceId}`, {
    method: 'PUT',
    body: { subscription, language: 'en' },
  });
  expect(put.status).toBe(204);
  await page.goto('/icon.svg');
  const { pool } = world.server.engine;
  while ((await pool`select from desk_connections where agent_id = ${ann.agentId}`).length > 0)
    await new Promise(setImmediate);
  const [over, still] = [
    await world.write(world.newVisitor(), 'Solved meanwhile'),
    await world.write(world.newVisitor(), 'Still waiting'),
  ];
  const pushed = await service.reach(2);
  const sleeping = await context.newPage();
  await sleeping.goto('/icon.svg');
  await holdTurn(sleeping);
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/');
      return ((await registration?.getNotifications()) ?? []).map(({ body }) => body).sort();
    });
  for (const each of pushed) await deliver(context, page, each as Pushed);
  const areShown = () => pool`select from notices where shown_at is not null
    and conversation_id in (${over}, ${still})`;
  while ((await areShown()).length < 2) await new Promise(setImmediate);
  expect(await shown()).toEqual(['Solved meanwhile', 'Still waiting']);

  await sleeping.close();
  await world.act(susan, 'conversation.close', { conversationId: over, reason: 'It is solved' });
  await page.goto('/mine');
  await expect.poll(() => outside(page), BY_OURSELVES).toEqual(['Still waiting']);
});

it('R-7.2 a tab that is closed before it could show leaves it to another', async () => {
  const { world } = stage;
  const { ben } = world;
  const desk = await behind(ben);
  const context = desk.page.context();
  const second = await context.newPage();
  await second.goto('/mine');
  await second
    .getByRole('region', { name: 'What has just happened' })
    .waitFor({ state: 'attached' });
  await putBehind(second);
  // Whoever has been touched goes first.
  await second.mouse.click(700, 450);
  await putBehind(second);
  const turn = await context.newPage();
  await turn.goto('/icon.svg');
  await holdTurn(turn);
  await world.write(world.newVisitor(), 'To whoever is left');
  const isClaimed = () =>
    turn.evaluate(async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      return (
        held.some(({ name }) => name?.startsWith('deskbell.shown.')) &&
        pending.some(({ name }) => name === 'deskbell.outside')
      );
    });
  await expect.poll(isClaimed).toBe(true);
  await second.close();
  await turn.close();
  await expect.poll(() => outside(desk.page)).toEqual(['To whoever is left']);
});

it('R-7.2 what one has read on another device, what goes out of sight, and at the end all of it, stays neither outside nor in the corner', async () => {
  const { world } = stage;
  const { tess, ann, sales } = world;
  const { page } = await behind(tess);
  const phone = await world.connect(tess);
  const visitor = world.newVisitor();
  const conversationId = (await world.write(visitor, 'Hello')) as ConversationId;
  await expect.poll(() => outside(page)).toEqual(['Hello']);
  await world.act(tess, 'conversation.accept', { conversationId });
  const read = async () => {
    const { pool } = world.server.engine;
    const [row] = await pool<{ seq: number }[]>`
      select seq from conversations where id = ${conversationId}`;
    phone.send({ t: 'read', conversationId, seq: row?.seq ?? 0 });
  };
  const write = (text: string) => world.write(world.newVisitor(), text);
  await expect.poll(() => outside(page), BY_OURSELVES).toEqual([]);
  await world.write(visitor, 'Read on the phone');
  await expect.poll(() => outside(page)).toEqual(['Read on the phone']);
  await read();
  await expect.poll(() => outside(page), BY_OURSELVES).toEqual([]);

  const lost = await write('Not for her');
  await expect.poll(() => outside(page)).toEqual(['Not for her']);
  await world.act(ann, 'conversation.transfer', { conversationId: lost, teamId: sales });
  await expect.poll(() => outside(page), BY_OURSELVES).toEqual([]);

  await page.evaluate(() => {
    document.hasFocus = () => true;
    dispatchEvent(new Event('focus'));
  });
  await world.write(visitor, 'Read there too');
  await popUps(page).getByText('Read there too').waitFor();
  await read();
  await popUps(page).getByText('Read there too').waitFor({ state: 'detached', timeout: 7_000 });

  await putBehind(page);
  await write('Whose desk is this?');
  await expect.poll(() => outside(page)).toEqual(['Whose desk is this?']);
  await page.evaluate(() =>
    fetch('/api/v1/sign-out', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    }),
  );
  await page.waitForURL(/sign-in/);
  await expect.poll(() => outside(page), BY_OURSELVES).toEqual([]);
});
