import type { BrowserContext, Page } from 'playwright-core';
import { type Pushed, PushService } from '../../server/src/testing/push-endpoint.ts';
import type { Person, World } from '../../server/src/testing/world.ts';
import { Stage } from './stage.ts';

/** A stage whose browser sounds and shows notifications, and a push service on loopback that its server reaches. */
export async function openWithPush(): Promise<{ stage: Stage; service: PushService }> {
  const service = await PushService.open();
  const stage = await Stage.open({
    config: { PRIVATE_TARGETS: service.host },
    browser: { args: ['--autoplay-policy=no-user-gesture-required'], isWhole: true },
  });
  return { stage, service };
}

export const popUps = (page: Page) => page.locator('[data-pop-up]');

/** The notifications that the system shows of this browser. Asked in turn with the desk: whoever asks Chromium while
 *  one is being shown makes it forget that one. */
export const outside = (page: Page) =>
  page.evaluate(() =>
    navigator.locks.request('deskbell.outside', async () => {
      const registration = await navigator.serviceWorker.getRegistration('/');
      return ((await registration?.getNotifications()) ?? []).map(({ body }) => body);
    }),
  );

/** Another window lies before it: a headless browser holds every page for the one in front. */
export const putBehind = (page: Page) =>
  page.evaluate(() => {
    document.hasFocus = () => false;
    dispatchEvent(new Event('blur'));
  });

/** The server has heard that somebody is at this many devices, and which was used last. */
export async function attending(world: World, who: Person, devices: number): Promise<void> {
  const { pool } = world.server.engine;
  const devicesOf = () =>
    pool`select distinct device_id from desk_attention where agent_id = ${who.agentId}`;
  while ((await devicesOf()).length < devices) await new Promise(setImmediate);
}

/** What a push service would do over the internet: hands the browser what the server sent. */
export async function deliver(
  context: BrowserContext,
  page: Page,
  { notice }: Pushed,
): Promise<void> {
  const devtools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first) resolve(first.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: new URL(page.url()).origin,
    registrationId: await registered,
    data: JSON.stringify(notice),
  });
}

/** Takes away whatever the system shows of this browser. */
export const clear = (page: Page) =>
  page.evaluate(() =>
    navigator.locks.request('deskbell.outside', async () => {
      const registration = await navigator.serviceWorker.getRegistration('/');
      for (const shown of (await registration?.getNotifications()) ?? []) shown.close();
    }),
  );
