import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { wrongsOf } from '../axe.ts';
import { NamedSites, strictPolicy } from './named.ts';
import { Chat, Stage, WAIT } from './stage.ts';

let stage: Stage;
let browser: Browser;
let sites: NamedSites;
beforeAll(async () => {
  stage = await Stage.open();
  ({ browser } = stage);
  sites = await NamedSites.open(stage.desk, stage.world.inbox.key);
});
afterAll(async () => {
  await sites?.close();
  await stage?.close();
});

async function visit(
  url: string,
  options = {},
): Promise<{ chat: Chat; page: Page; said: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(url);
  return { chat: new Chat(page), page, said };
}

const setDomains = (...domains: string[]) =>
  stage.world.act(stage.world.olga, 'inbox.change', { inboxId: stage.world.inbox.id, domains });

it('R-9.2 only the sites that the list names carry the widget, and the console says why not', async () => {
  await setDomains('shop.example', '*.branch.example', `other.example:${sites.port}`);
  for (const host of ['shop.example', 'a.branch.example', 'other.example', 'localhost']) {
    const { chat, page } = await visit(sites.at(host));
    await chat.open();
    await chat.write(`From ${host}`);
    await chat.shows(`From ${host}`);
    await page.context().close();
  }
  for (const host of ['evil.example', 'branch.example', 'shop.example.evil.example']) {
    const { chat, page, said } = await visit(sites.at(host));
    await vi.waitFor(() => expect(said.join()).toContain('is not among the domains'), WAIT);
    expect(said.join()).toContain(`http://${host}:${sites.port}`);
    expect(await chat.launcherName()).toBe('');
    await page.context().close();
  }
  await setDomains();
});

it('R-9.2 a strange page gets neither the frame, nor another inbox through it', async () => {
  await setDomains('shop.example');
  const frame = `${stage.desk}/widget/frame.html?inbox=${stage.world.inbox.key}`;
  const bare = { script: null };
  const { page } = await visit(sites.at('evil.example', bare));
  const wasLoaded = (src: string) =>
    page.evaluate(async (address) => {
      const iframe = document.createElement('iframe');
      iframe.src = address;
      const loaded = new Promise((resolve) => {
        iframe.onload = resolve;
      });
      document.body.append(iframe);
      await loaded;
    }, src);
  // It could have been: the other inbox has no list.
  await wasLoaded(`${stage.desk}/widget/frame.html?inbox=${stage.world.wholesale.key}`);
  await vi.waitFor(
    () =>
      expect(
        page
          .frames()
          .map((each) => each.url())
          .join(),
      ).toContain('frame.html'),
    WAIT,
  );
  await wasLoaded(frame);
  const open = page.frames().filter((each) => each.url() === frame);
  for (const each of open) expect(await each.locator('#chat').count()).toBe(0);

  const statuses = await page.evaluate(
    async ([base, key]) => {
      const address = `${base}/api/v1/widget/site?inbox=${key}`;
      const { status } = await fetch(address);
      return status;
    },
    [stage.desk, stage.world.inbox.key],
  );
  expect(statuses).toBe(403);
  await page.context().close();
  await setDomains();
});

it('R-9.3 the page opens, closes, hides and shows the chat, and hears of it, from before the loader', async () => {
  const early = `<script>
    window.heard = [];
    const calls = window.Deskbell ||= [];
    for (const name of ['ready', 'open', 'close', 'unread', 'message'])
      calls.push(['on', name, ({ detail }) => heard.push(detail === null ? name : [name, detail])]);
    calls.push(['nothing like it']);
    calls.push(['open']);
  </script>`;
  const { chat, page } = await visit(sites.at('api.example', { head: early }));
  const heard = () => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
  await (await chat.field()).waitFor();
  await vi.waitFor(async () => expect(await heard()).toEqual(['open', 'ready']), WAIT);
  await chat.write('Hello');
  await vi.waitFor(
    async () =>
      expect(await heard()).toContainEqual(['message', { from: 'visitor', text: 'Hello' }]),
    WAIT,
  );
  const call = (...names: string[]) =>
    page.evaluate((all) => {
      for (const name of all)
        (window as unknown as { Deskbell: Record<string, () => void> }).Deskbell[name]?.();
    }, names);
  await call('toggle');
  expect((await heard()).at(-1)).toBe('close');
  const id = await stage.accepted('Hello');
  await stage.answer(id, 'Good day');
  await vi.waitFor(async () => expect(await heard()).toContainEqual(['unread', 1]), WAIT);
  expect(await heard()).toContainEqual(['message', { from: 'us', text: 'Good day' }]);
  await call('open', 'hide');
  expect(await chat.launcherName()).toBe('');
  await call('show');
  await vi.waitFor(async () => expect(await chat.launcherName()).toMatch(/^Open chat/), WAIT);
  const late = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const deskbell = window as unknown as { Deskbell: { on: (...all: unknown[]) => void } };
        deskbell.Deskbell.on('ready', () => resolve('told'));
      }),
  );
  expect(late).toBe('told');
  await page.evaluate(() => {
    const { Deskbell, heard: all } = window as unknown as {
      Deskbell: { on(...all: unknown[]): void; off(...all: unknown[]): void; open(): void };
      heard: unknown[];
    };
    const listener = () => all.push('never');
    Deskbell.on('open', listener);
    Deskbell.off('open', listener);
    Deskbell.open();
  });
  expect(await heard()).not.toContain('never');
  await page.context().close();
});

it('R-9.3 the hosted page is the chat, on a desk and on a phone, and remembers', async () => {
  const address = `${stage.desk}/chat/${stage.world.inbox.key}`;
  for (const [width, height] of [
    [1200, 800],
    [390, 844],
  ] as const) {
    const { chat, page, said } = await visit(address, { viewport: { width, height } });
    const frame = await chat.frame();
    await (await chat.field()).waitFor();
    await frame.getByRole('heading', { level: 1, name: 'Shop' }).waitFor();
    await vi.waitFor(async () => expect(await page.title()).toBe('Shop'), WAIT);
    expect(await frame.getByRole('button', { name: 'Close chat' }).count()).toBe(0);
    await chat.write(`At ${width}`);
    await chat.shows(`At ${width}`);
    await page.keyboard.press('Escape');
    await page.reload();
    await chat.shows(`At ${width}`);
    expect(await wrongsOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(said).toEqual([]);
    await page.context().close();
  }
  const { page } = await visit(`${stage.desk}/chat/00000000000000000000`);
  await page.getByText('There is nothing here').waitFor();
  await page.context().close();
});

it.each(['require-corp', 'credentialless'])(
  'R-9.4 a page under COEP %s and a strict policy has the chat',
  async (embedder) => {
    const url = sites.at('localhost', {
      headers: {
        'cross-origin-embedder-policy': embedder,
        'cross-origin-opener-policy': 'same-origin',
        'content-security-policy': strictPolicy(stage.desk),
      },
    });
    const { chat, page, said } = await visit(url);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await chat.open();
    await chat.write('Isolated');
    await chat.shows('Isolated');
    await page.reload();
    await chat.shows('Isolated');
    expect(said).toEqual([]);
    await page.context().close();
    sites.at('localhost', {});
  },
);

it('R-9.4 a frame whose own storage is denied has a chat that remembers all the same', async () => {
  const { chat, page } = await visit(sites.at('localhost'));
  await chat.open();
  await chat.write('Kept by the page');
  await chat.shows('Kept by the page');
  const frame = await chat.frame();
  const isDenied = await frame.evaluate(() => {
    try {
      return localStorage.length === 0;
    } catch {
      return true;
    }
  });
  expect(isDenied).toBe(true);
  const kept = await page.evaluate(() => Object.keys(localStorage).join());
  expect(kept).toContain('token');
  await page.reload();
  await chat.shows('Kept by the page');
  await page.context().close();
});

it('R-9.1 a page from right to left has its launcher and its chat the other way round', async () => {
  const url = sites.at('rtl.example', { html: 'lang="ar-XB" dir="rtl"' });
  const { chat, page } = await visit(url);
  await vi.waitFor(async () => expect(await chat.launcherName()).toBe('Open chat'), WAIT);
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  await page.mouse.click(48, height - 48);
  const frame = await chat.frame();
  await (await chat.field()).waitFor();
  expect(await frame.evaluate(() => document.documentElement.dir)).toBe('rtl');
  await chat.write('From the right');
  await chat.shows('From the right');
  const id = await stage.accepted('From the right');
  await stage.answer(id, 'And from the left');
  await chat.shows('From the right', 'And from the left');
  const middle = async (text: string) => {
    const box = await frame.locator('.bubble', { hasText: text }).boundingBox();
    return (box?.x ?? 0) + (box?.width ?? 0) / 2;
  };
  expect(await middle('From the right')).toBeLessThan(await middle('And from the left'));
  expect(await middle('And from the left')).toBeLessThan(width / 2);
  expect(await frame.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  await page.context().close();
});

it('R-9.1 what a screen reader is told stands in the order in which it is read', async () => {
  const { chat, page } = await visit(sites.at('order.example'));
  await chat.open();
  await chat.write('First');
  await chat.shows('First');
  const frame = await chat.frame();
  const order = await frame.evaluate(() =>
    [...document.querySelectorAll('h1, [role=log], .bubble, textarea, button')].map(
      (element) => element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '',
    ),
  );
  const at = (text: string) => order.findIndex((each) => each.includes(text));
  const places = ['Shop', 'More', 'Close chat', 'Messages', 'First', 'Message', 'Send'].map(at);
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(at('Shop')).toBeLessThan(at('More'));
  expect(at('More')).toBeLessThan(at('Close chat'));
  expect(at('Close chat')).toBeLessThan(at('First'));
  expect(at('First')).toBeLessThan(order.lastIndexOf('Send'));
  await page.context().close();
});

it('R-9.1 the sound stays off from page to page', async () => {
  const { chat, page } = await visit(sites.at('sound.example'));
  await chat.open();
  const switchSound = async () => {
    const frame = await chat.frame();
    await frame.getByRole('button', { name: 'More' }).click();
    return frame.getByRole('menuitemcheckbox');
  };
  const sound = await switchSound();
  expect(await sound.getAttribute('aria-checked')).toBe('true');
  await sound.click();
  // It is the page's own storage that keeps it, and the chat tells the page.
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.endsWith('mute')));
  await page.goto(`${sites.at('sound.example')}other`);
  await (await chat.field()).waitFor();
  expect(await (await switchSound()).getAttribute('aria-checked')).toBe('false');
  await page.context().close();
});

it('R-9.1 on a phone the chat ends where the keyboard begins', async () => {
  const { chat, page } = await visit(sites.at('phone.example'), {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await chat.open();
  const frame = await chat.frame();
  const heightOf = () => frame.evaluate(() => innerHeight);
  expect(await heightOf()).toBe(844);
  // What an on-screen keyboard does to the visual viewport alone.
  await page.evaluate(() => {
    const view = visualViewport as VisualViewport;
    Object.defineProperty(view, 'height', { value: 500, configurable: true });
    view.dispatchEvent(new Event('resize'));
  });
  await vi.waitFor(async () => expect(await heightOf()).toBe(500), WAIT);
  const send = await frame.getByRole('button', { name: 'Send' }).boundingBox();
  expect((send?.y ?? 0) + (send?.height ?? 0)).toBeLessThanOrEqual(500);
  await page.context().close();
});
