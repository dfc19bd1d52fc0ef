import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Pushed, PushService } from '../../server/src/testing/push-endpoint.ts';
import type { Person } from '../../server/src/testing/world.ts';
import {
  attending as attendingIn,
  deliver,
  openWithPush,
  outside,
  popUps,
  putBehind,
} from './outside.ts';
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

// Also those of a test that failed: as long as somebody has a desk open, nothing is pushed to them. And what has just
// come would be told to whoever opens the next.
afterEach(async () => {
  await solveAll();
  for (const context of stage.browser.contexts()) await context.close();
});

const attending = (who: Person, devices: number) => attendingIn(stage.world, who, devices);

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

/** Nothing waits any more. */
async function solveAll(): Promise<void> {
  const { susan, server, act } = stage.world;
  const open = await server.engine.pool<{ id: string }[]>`
    select id from conversations where status = 'open'`;
  for (const { id } of open)
    await act(susan, 'conversation.close', { conversationId: id, reason: 'Counted anew' });
}

/** A desk whose notifications are there, in use. */
async function inUse(desk: Desk): Promise<Desk> {
  await listen(desk.page.context());
  await desk.page.reload();
  await desk.page
    .getByRole('region', { name: 'What has just happened' })
    .waitFor({ state: 'attached' });
  return desk;
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
});

it('R-7.1 all who serve an inbox hear of a new conversation once, of what follows only who took it', async () => {
  const { world } = stage;
  const { ann, ben } = world;
  const desks: Desk[] = [];
  for (const who of [ann, ben]) {
    desks.push(await inUse(await stage.desk(who)));
    await attending(who, 1);
  }
  const [anns, bens] = desks.map(({ page }) => page) as [Page, Page];
  const heard = async () => [await struck([anns]), await struck([bens])];
  const visitor = world.newVisitor();
  const conversationId = await world.write(visitor, 'Is anybody in?');
  for (const page of [anns, bens]) await popUps(page).getByText('Is anybody in?').waitFor();
  expect(await heard()).toEqual([12, 12]);

  for (const page of [anns, bens]) await later(page);
  const { position } = await world.act(visitor, 'message.receive', { text: 'Hello again?' });
  // Who is told is decided before somebody takes it.
  const { pool } = world.server.engine;
  await expect
    .poll(
      () => pool`select from readers where name = 'notifications'
        and workspace_id = ${world.workspaceId} and position >= ${position}`,
    )
    .toHaveLength(1);
  for (const desk of desks)
    await desk.card('Hello again?').getByText('2 unread messages').waitFor();
  await world.act(ann, 'conversation.accept', { conversationId });
  await popUps(bens).getByText('Is anybody in?').waitFor({ state: 'detached' });
  await world.write(visitor, 'Good that you are there');
  await popUps(anns).getByText('Good that you are there').waitFor();
  for (const page of [anns, bens]) await later(page);
  // What would have been told in between would have been told before this one.
  await world.write(world.newVisitor(), 'And me?');
  for (const page of [anns, bens]) await popUps(page).getByText('And me?').waitFor();
  expect(await popUps(bens).getByText('Good that you are there').count()).toBe(0);
  expect(await heard()).toEqual([12 + 4 + 12, 12 + 12]);
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
});

it('R-7.3 what was passed on to one’s team, and what one was brought into, stand in the bell by whom, and lead there', async () => {
  const { world } = stage;
  const { ann, tess } = world;
  const { page } = await stage.desk(tess, { path: '/mine' });
  const anns = async (text: string) => {
    const conversationId = await world.write(world.newVisitor(), text);
    await world.act(ann, 'conversation.accept', { conversationId });
    return conversationId;
  };
  const [passed, shared] = [await anns('For your team'), await anns('For the two of us')];
  const unread = (count: number) =>
    page.getByRole('button', { name: `Notifications, ${count} unread` });
  await world.act(ann, 'conversation.transfer', { conversationId: passed, teamId: world.support });
  await unread(1).waitFor();
  await world.act(ann, 'conversation.add-participant', {
    conversationId: shared,
    agentId: tess.agentId,
  });
  await unread(2).click();
  const bell = page.getByRole('dialog', { name: 'Notifications' });
  const line = (title: RegExp) => bell.getByRole('button', { name: title });
  await line(/^You were brought in: .*By Ann/).waitFor();
  await line(/was transferred to your team.*By Ann/).click();
  await page.waitForURL(new RegExp(passed));
  await page.getByRole('log', { name: 'Messages' }).getByText('For your team').waitFor();
  await unread(1).waitFor();
});

/** So much later, as the page sees it, that a message is no longer one of a row which sounds once. */
const later = (page: Page) =>
  page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 3_000;
  });

/** Who is told of it has been decided: Ben, who serves the inbox too, has it in store. */
const isRead = (conversationId: string) =>
  expect
    .poll(async () => {
      const { pool } = stage.world.server.engine;
      return (await pool`select from notices where conversation_id = ${conversationId}`).length;
    })
    .toBeGreaterThan(0);

/** The settings, open in the only tab that Ann uses: what she is told is shown and sounded there. */
async function settingsOf(who: Person): Promise<Desk> {
  const desk = await inUse(await stage.desk(who, { path: '/settings/notifications' }));
  await attending(who, 1);
  return desk;
}

/** Turns a switch, and waits until the server has it. */
async function turn({ page }: Desk, name: string | RegExp): Promise<void> {
  const kept = page.waitForResponse(
    (response) => response.request().method() === 'PATCH' && response.ok(),
  );
  const put = page.getByRole('switch', { name });
  const was = await put.isChecked();
  await put.click();
  await put.and(page.locator(`[aria-checked="${!was}"]`)).waitFor();
  await kept;
}

it('R-7.2 each switch does what it says, alone: ring, message sound, pop-ups, one inbox; who is away is left in peace', async () => {
  const { world } = stage;
  const { ann } = world;
  const desk = await settingsOf(ann);
  const { page } = desk;
  const shown = (text: string) => popUps(page).getByText(text);
  const rings = () => struck([page]);
  const write = (text: string) => world.write(world.newVisitor(), text);

  await write('All is on');
  await shown('All is on').waitFor();
  expect(await rings()).toBe(12);

  await turn(desk, 'Ring for a new conversation');
  await write('Without a ring');
  await shown('Without a ring').waitFor();
  expect(await rings()).toBe(12);
  await turn(desk, 'Ring for a new conversation');

  await turn(desk, 'Pop-ups in the desk');
  await write('Only to hear');
  await expect.poll(rings).toBe(24);
  expect(await shown('Only to hear').count()).toBe(0);
  await turn(desk, 'Pop-ups in the desk');

  await turn(desk, 'Shop');
  await isRead(await write('From a muted inbox'));
  await turn(desk, 'Shop');
  await world.act(ann, 'agent.set-availability', { availability: 'away' });
  await isRead(await write('While she is away'));
  await world.act(ann, 'agent.set-availability', { availability: 'online' });
  const visitor = world.newVisitor();
  const conversationId = await world.write(visitor, 'Now again');
  await shown('Now again').waitFor();
  // In the order in which they were written: what came before would have been there before.
  expect(await shown('From a muted inbox').count()).toBe(0);
  expect(await shown('While she is away').count()).toBe(0);
  expect(await rings()).toBe(36);

  await world.act(ann, 'conversation.accept', { conversationId });
  await later(page);
  await world.write(visitor, 'A message');
  await shown('A message').waitFor();
  expect(await rings()).toBe(40);
  await turn(desk, 'Sound for a message in your conversations');
  await later(page);
  await world.write(visitor, 'A silent message');
  await shown('A silent message').waitFor();
  expect(await rings()).toBe(40);
  await turn(desk, 'Sound for a message in your conversations');
});

it('R-7.2 in the background it is one system notification, however many tabs; it goes when a colleague takes it; switched off, it is a pop-up', async () => {
  const { world } = stage;
  const { ann, ben } = world;
  const desk = await stage.desk(ann, { path: '/settings/notifications' });
  const context = desk.page.context();
  await context.grantPermissions(['notifications'], { origin: world.url });
  const second = await context.newPage();
  const tabs = [desk.page, second];
  await desk.page.reload();
  await second.goto('/mine');
  await attending(ann, 1);
  await desk.page.getByText('This browser may show notifications.').waitFor();
  await desk.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  for (const page of tabs) await putBehind(page);
  const shown = () => outside(desk.page);

  const conversationId = await world.write(world.newVisitor(), 'Look over here');
  await expect.poll(shown).toEqual(['Look over here']);
  expect(await shownIn(tabs)).toBe(0);
  await world.act(ben, 'conversation.accept', { conversationId });
  // Sooner than the browser would take it away by itself.
  await expect.poll(shown, { timeout: 15_000 }).toEqual([]);

  await turn(desk, 'System notifications');
  await world.write(world.newVisitor(), 'Inside alone');
  await expect.poll(() => shownIn(tabs)).toBe(1);
  expect(await shown()).toEqual([]);
  await turn(desk, 'System notifications');
});

/** Ann's desk, allowed to show things outside, behind another window. */
async function behind(): Promise<Page> {
  const { ann } = stage.world;
  const desk = await stage.desk(ann, { path: '/settings/notifications' });
  const { page } = desk;
  await page.context().grantPermissions(['notifications'], { origin: stage.world.url });
  await inUse(desk);
  await attending(ann, 1);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await putBehind(page);
  return page;
}

it('R-7.2 what waits stays outside, while others that waited with it are taken', async () => {
  const { world } = stage;
  const page = await behind();
  const write = (text: string) => world.write(world.newVisitor(), text);
  const gone = [];
  for (let each = 0; each < 12; each++) gone.push(await write(`Solved ${each}`));
  await expect.poll(async () => (await outside(page)).length).toBe(12);
  // Each of the others is being shown while one of these is taken back.
  const waiting = gone.map(async (conversationId, each) => {
    await world.act(world.susan, 'conversation.close', { conversationId, reason: 'It is solved' });
    await write(`Waits ${each}`);
  });
  await Promise.all(waiting);
  await expect
    .poll(async () => (await outside(page)).sort())
    .toEqual(gone.map((_, each) => `Waits ${each}`).sort());
});

it('R-7.2 what a colleague takes before it could be shown does not stay; what the system refuses is a pop-up', async () => {
  const { world } = stage;
  const page = await behind();
  const write = (text: string) => world.write(world.newVisitor(), text);
  await page.evaluate(async () => {
    // Nobody grows impatient here: what waits for its turn waits until it comes.
    AbortSignal.timeout = () => new AbortController().signal;
    const scope = globalThis as unknown as { letGo: () => void };
    await new Promise<void>((isHeld) => {
      void navigator.locks.request('deskbell.outside', () => {
        isHeld();
        return new Promise<void>((resolve) => {
          scope.letGo = resolve;
        });
      });
    });
  });
  const taken = await write('Taken meanwhile');
  const asked = () =>
    page.evaluate(async () => {
      const { pending = [] } = await navigator.locks.query();
      return pending.filter(({ name }) => name === 'deskbell.outside').length;
    });
  await expect.poll(asked).toBe(1);
  await world.act(world.ben, 'conversation.accept', { conversationId: taken });
  await expect.poll(asked).toBe(2);
  await write('Still waits');
  await expect.poll(asked).toBe(3);
  await page.evaluate(() => (globalThis as unknown as { letGo: () => void }).letGo());
  await expect.poll(() => outside(page)).toEqual(['Still waits']);
  expect(await shownIn([page])).toBe(0);

  await page.evaluate(() => {
    ServiceWorkerRegistration.prototype.showNotification = () =>
      Promise.reject(new TypeError('No notification permission has been granted'));
  });
  await write('Refused by the system');
  await popUps(page).getByText('Refused by the system').waitFor();
});

it('R-7.2 what one looks at neither shows nor sounds, also outside; it does once the window is behind another', async () => {
  const { world } = stage;
  const { ann } = world;
  const visitors = [world.newVisitor(), world.newVisitor()] as const;
  const ids: string[] = [];
  for (const visitor of visitors) {
    const conversationId = await world.write(visitor, 'Hello?');
    await world.act(ann, 'conversation.accept', { conversationId });
    ids.push(conversationId);
  }
  const desk = await stage.desk(ann, { path: `/mine/${ids[0]}` });
  const { page } = desk;
  await page.context().grantPermissions(['notifications'], { origin: world.url });
  await inUse(desk);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const { pool } = world.server.engine;
  const looking = () =>
    pool`select from desk_attention where agent_id = ${ann.agentId} and conversation_id = ${ids[0] ?? ''} and is_focused`;
  await expect.poll(async () => (await looking()).length).toBe(1);

  await world.write(visitors[0], 'Before her eyes');
  await desk.message('Before her eyes').waitFor();
  await later(page);
  await world.write(visitors[1], 'Behind her back');
  await popUps(page).getByText('Behind her back').waitFor();
  // Told in the order of the log: the one before would have come before.
  expect(await popUps(page).getByText('Before her eyes').count()).toBe(0);
  expect(await struck([page])).toBe(4);
  expect(await outside(page)).toEqual([]);

  await putBehind(page);
  await expect.poll(async () => (await looking()).length).toBe(0);
  await world.write(visitors[0], 'While she is elsewhere');
  await expect.poll(() => outside(page)).toEqual(['While she is elsewhere']);
});

/** Clicks what the system shows. No driver can, so the worker is told; the right to bring a page to the
 *  front, which comes with a person's click, is stood in for. Returns what was opened anew. */
async function clickOutside(context: BrowserContext): Promise<string[]> {
  const [worker] = context.serviceWorkers();
  return (
    worker?.evaluate(async () => {
      const scope = globalThis as unknown as {
        registration: ServiceWorkerRegistration;
        clients: object;
        WindowClient: { prototype: object };
        NotificationEvent: new (kind: string, told: object) => Event;
      };
      const { promise, resolve } = Promise.withResolvers<string[]>();
      Object.assign(scope.WindowClient.prototype, { focus: async () => resolve([]) });
      Object.assign(scope.clients, { openWindow: async (place: string) => resolve([place]) });
      const [notification] = await scope.registration.getNotifications();
      dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
      return promise;
    }) ?? []
  );
}

it('R-7.2 refused permission says what to do and leaves pop-ups; once given, a click outside opens the conversation', async () => {
  const { world } = stage;
  const { ann } = world;
  const desk = await stage.desk(ann, { path: '/settings/notifications' });
  const { page } = desk;
  const context = page.context();
  const origin = world.url;
  await context.grantPermissions([], { origin });
  await page.reload();
  await attending(ann, 1);
  const permission = (text: string) => page.getByRole('status').getByText(text).first().waitFor();
  await permission('This browser blocks notifications from here. Open the site settings');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await putBehind(page);
  await world.write(world.newVisitor(), 'Refused outside');
  await popUps(page).getByText('Refused outside').waitFor();

  await context.grantPermissions(['notifications'], { origin });
  await permission('This browser may show notifications.');
  const id = await world.write(world.newVisitor(), 'Click me');
  await expect.poll(() => outside(page)).toEqual(['Click me']);
  expect(await clickOutside(context)).toEqual([]);
  await page.waitForURL(new RegExp(id));
  expect(await outside(page)).toEqual([]);
});

it('R-7.2, R-17.2 title, icon and the badge of the app count what waits, and are plain when nothing does', async () => {
  const { world } = stage;
  const { ann, susan } = world;
  await solveAll();
  const desk = await stage.desk(ann);
  const { page } = desk;
  await page.context().addInitScript(() => {
    const scope = globalThis as unknown as { badge: number };
    Navigator.prototype.setAppBadge = async (count) => {
      scope.badge = count ?? -1;
    };
    Navigator.prototype.clearAppBadge = async () => {
      scope.badge = 0;
    };
  });
  await page.reload();
  const told = () =>
    page.evaluate(() => [
      /^\((\d+)\)/.exec(document.title)?.[1] ?? '',
      document.querySelector<HTMLLinkElement>('link[rel=icon]')?.type,
      (globalThis as unknown as { badge: number }).badge,
    ]);
  await expect.poll(told).toEqual(['', 'image/svg+xml', 0]);
  const ids: string[] = [];
  for (const text of ['One', 'Two']) ids.push(await world.write(world.newVisitor(), text));
  await expect.poll(told).toEqual(['2', 'image/png', 2]);
  for (const conversationId of ids)
    await world.act(susan, 'conversation.accept', { conversationId });
  await expect.poll(told).toEqual(['', 'image/svg+xml', 0]);
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
  // Its click opens the conversation in a desk of its own: the picture that stands here is none.
  const [place = ''] = await clickOutside(context);
  await page.goto(place);
  await page.getByRole('log', { name: 'Messages' }).getByText('Nobody home?').waitFor();
});
