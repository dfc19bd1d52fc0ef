import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Pushed, PushService } from '../../server/src/testing/push-endpoint.ts';
import type { Person } from '../../server/src/testing/world.ts';
import { type Desk, Stage } from './stage.ts';

let stage: Stage;
let service: PushService;
beforeAll(async () => {
  service = await PushService.open();
  stage = await Stage.open({
    config: { PRIVATE_TARGETS: service.host },
    browser: { args: ['--autoplay-policy=no-user-gesture-required'], isWhole: true },
  });
});
afterAll(async () => {
  await stage.close();
  await service.close();
});

const popUps = (page: Page) => page.locator('[data-pop-up]');
const shownIn = async (pages: readonly Page[]) =>
  (await Promise.all(pages.map((page) => popUps(page).count()))).reduce((sum, n) => sum + n, 0);

/** Counts the notes that are struck there: a ring has twelve with its partials, a message four. */
async function listen(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const scope = globalThis as unknown as { struck: number };
    scope.struck = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      scope.struck += 1;
      return start.apply(this, when);
    };
  });
}
const struck = async (pages: readonly Page[]) =>
  (
    await Promise.all(
      pages.map((page) =>
        page.evaluate(() => (globalThis as unknown as { struck: number }).struck),
      ),
    )
  ).reduce((sum, n) => sum + n, 0);

/** A desk whose notifications are there, in use. */
async function inUse(desk: Desk): Promise<Desk> {
  await listen(desk.page.context());
  await desk.page.reload();
  await desk.page
    .getByRole('region', { name: 'What has just happened' })
    .waitFor({ state: 'attached' });
  return desk;
}

/** The server has heard that somebody is at this many devices, and which was used last. */
async function attending(who: Person, devices: number): Promise<void> {
  const { pool } = stage.world.server.engine;
  const devicesOf = () =>
    pool`select distinct device_id from desk_attention where agent_id = ${who.agentId}`;
  while ((await devicesOf()).length < devices) await new Promise(setImmediate);
}

it('R-7.2 of two tabs and two devices one shows and sounds a new conversation; its click opens it there', async () => {
  const { ann, walt } = stage.world;
  const phone = await inUse(await stage.desk(ann, { path: '/mine' }));
  await attending(ann, 1);
  const laptop = await inUse(await stage.desk(ann, { path: '/mine' }));
  await attending(ann, 2);
  const second = await laptop.page.context().newPage();
  await second.goto('/mine');
  await second
    .getByRole('region', { name: 'What has just happened' })
    .waitFor({ state: 'attached' });
  const tabs = [laptop.page, second];

  const id = await stage.world.write(walt, 'Is anybody there?');
  const shown = await Promise.race(
    tabs.map(async (page) => {
      await popUps(page).getByText('Is anybody there?').waitFor();
      return page;
    }),
  );
  // The counts have come to all of them, so whatever else would have rung has rung.
  for (const page of [...tabs, phone.page])
    await page.waitForFunction(() => /^\(1\)/.test(document.title));
  expect(await shownIn([...tabs, phone.page])).toBe(1);
  expect([await struck(tabs), await struck([phone.page])]).toEqual([12, 0]);
  expect(await shown.locator('link[rel=icon]').getAttribute('type')).toBe('image/png');

  await popUps(shown)
    .getByRole('button', { name: /is waiting/ })
    .click();
  await shown.waitForURL(new RegExp(id));
  expect(await shownIn(tabs)).toBe(0);
  await Promise.all([laptop, phone].map(({ page }) => page.context().close()));
});

it('R-7.3 the bell counts on every device what others gave one, and is read on all at once', async () => {
  const { ann, ben } = stage.world;
  const [one, other] = [
    await stage.desk(ben, { path: '/mine' }),
    await stage.desk(ben, { path: '/mine' }),
  ];
  const conversationId = await stage.conversation('Please help');
  await stage.world.act(ann, 'conversation.assign', {
    conversationId,
    agentId: ben.agentId as never,
  });
  const unread = ({ page }: Desk) => page.getByRole('button', { name: 'Notifications, 1 unread' });
  await Promise.all([unread(one).waitFor(), unread(other).waitFor()]);
  await unread(one).click();
  const bell = one.page.getByRole('dialog', { name: 'Notifications' });
  await bell.getByText('was assigned to you').waitFor();
  await bell.getByText(/By Ann/).waitFor();
  await bell.getByRole('button', { name: 'Mark all as read' }).click();
  const quiet = ({ page }: Desk) =>
    page.getByRole('button', { name: 'Notifications', exact: true });
  await Promise.all([quiet(one).waitFor(), quiet(other).waitFor()]);
  await bell.getByRole('button', { name: /was assigned to you/ }).click();
  await one.page.waitForURL(new RegExp(conversationId));
  await Promise.all([one, other].map(({ page }) => page.context().close()));
});

it('R-7.2 R-17.2 the desk closed, its service worker shows what is pushed, once; the desk can be installed', async () => {
  const { ann } = stage.world;
  const { page } = await stage.desk(ann, { path: '/settings/notifications' });
  const context = page.context();
  await context.grantPermissions(['notifications'], { origin: stage.world.url });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);

  // The browser's own push service is on the internet; the one here stands in for it.
  const { subscription } = service.subscribe('anns-laptop');
  const deviceId = await page.evaluate(() => localStorage.getItem('deskbell.device'));
  const put = await stage.world.request(ann, `/me/push-devices/${deviceId}`, {
    method: 'PUT',
    body: { subscription, language: 'en' },
  });
  expect(put.status).toBe(204);

  // Some other page of the same browser: the desk itself is closed.
  await page.goto('/icon.svg');
  const { pool } = stage.world.server.engine;
  while ((await pool`select from desk_connections where agent_id = ${ann.agentId}`).length > 0)
    await new Promise(setImmediate);
  const id = await stage.world.write(stage.world.newVisitor(), 'Nobody home?');
  const [pushed] = await service.reach(1);
  expect(pushed?.notice).toMatchObject({ conversationId: id, body: 'Nobody home?' });
  await deliver(context, page, pushed as Pushed);
  const shown = async () =>
    (await pool`select from notices where id = ${pushed?.notice.id ?? ''} and shown_at is not null`)
      .length;
  while ((await shown()) === 0) await new Promise(setImmediate);
  const notices = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration('/');
    return (await registration?.getNotifications())?.map(({ title, body }) => ({ title, body }));
  });
  expect(notices).toEqual([{ title: 'Visitor is waiting', body: 'Nobody home?' }]);
  await context.close();
});

/** What a push service would do over the internet: hands the browser what the server sent. */
async function deliver(context: BrowserContext, page: Page, { notice }: Pushed): Promise<void> {
  const devtools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first) resolve(first.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: stage.world.url,
    registrationId: await registered,
    data: JSON.stringify(notice),
  });
}
