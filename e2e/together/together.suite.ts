import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { Chat, Site } from '../widget/stage.ts';

/** What they meet at: one address, whatever becomes of what is behind it. */
export interface MeetingPlace {
  /** What browsers dial. */
  url: string;
  /** Everything is cut off, until `online`. */
  offline(): void;
  online(): void;
  /** As the kernel does it when memory runs out. */
  kill(): Promise<void>;
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

/** Two people at once, from the first visit on: Mara at her desk, a visitor on a site of another origin. */
export function togetherSuite(startServer: () => Promise<MeetingPlace>): void {
  let server: MeetingPlace;
  let browser: Browser;
  let site: Site;
  let desk: Page;
  let visitors: BrowserContext;
  let chat: Chat;

  beforeAll(async () => {
    server = await startServer();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await site?.close();
    await server.stop();
  });

  const onDesk = (text: string) =>
    desk.getByRole('log', { name: 'Messages' }).locator('[data-message]').filter({ hasText: text });
  const action = (name: string) => desk.locator('main').getByRole('button', { name, exact: true });
  const answer = async (text: string) => {
    const field = desk.getByRole('textbox', { name: /^Message to/ });
    await field.fill(text);
    await field.press('Enter');
  };
  const deskShowsOnce = async (text: string) => {
    await onDesk(text).waitFor();
    expect(await onDesk(text).count()).toBe(1);
  };

  test('the first visit: a workspace, its owner, and the line for the site', async () => {
    desk = await (
      await browser.newContext({
        baseURL: server.url,
        locale: 'en-GB',
        viewport: { width: 1440, height: 900 },
      })
    ).newPage();
    await desk.goto('/');
    await desk.getByLabel('Company or team').fill('Harbour Books');
    await desk.getByLabel('Your name').fill('Mara Lind');
    await desk.getByLabel('Email').fill('mara@harbour.example');
    await desk.getByLabel('Password', { exact: true }).fill('quiet tin lantern over moss');
    await desk.getByRole('button', { name: 'Create the workspace' }).click();
    await desk.getByRole('heading', { name: /The desk is ready/ }).waitFor();
    const shop = await desk
      .getByRole('main')
      .getByRole('link', { name: /sample shop/ })
      .getAttribute('href');
    const key = new URLSearchParams(shop?.split('?')[1]).get('inbox');
    expect(key).toMatch(/^[0-9a-f]{20}$/);
    site = await Site.open(server.url, key ?? '');
  });

  test('R-1.2, R-3.1, R-9.1 they chat, both ways', async () => {
    visitors = await browser.newContext({ viewport: { width: 1024, height: 768 } });
    const page = await visitors.newPage();
    await page.goto(site.url);
    chat = new Chat(page);
    await chat.open();
    await chat.write('Do you have it in green?');
    await desk.locator('[data-card]').filter({ hasText: 'in green' }).click();
    await deskShowsOnce('Do you have it in green?');
    await action('Accept').click();
    await answer('We do, **dark** green.');
    await chat.shows('Do you have it in green?', 'We do, dark green.');
  });

  test('R-9.4 both reload, and nothing is gone', async () => {
    await desk.reload();
    await deskShowsOnce('We do, dark green.');
    await chat.page.reload();
    await (await chat.field()).waitFor();
    await chat.shows('Do you have it in green?', 'We do, dark green.');
  });

  test('R-9.4, R-5.2 the network is cut for both, and what they write meanwhile arrives once', async () => {
    server.offline();
    await chat.write('written in a tunnel');
    await answer('written on a train');
    server.online();
    await deskShowsOnce('written in a tunnel');
    await expect
      .poll(() => chat.messages(), { timeout: 40_000 })
      .toEqual(expect.arrayContaining(['written in a tunnel', 'written on a train']));
    expect(await chat.messages()).toHaveLength(4);
  });

  test('R-5.2 the server is killed and comes back, and they go on where they were', async () => {
    await chat.write('just before');
    await deskShowsOnce('just before');
    await server.kill();
    await chat.write('while it was dead');
    await server.startAgain();
    await onDesk('while it was dead').waitFor({ timeout: 45_000 });
    expect(await onDesk('while it was dead').count()).toBe(1);
    await answer('back again');
    await expect.poll(() => chat.messages(), { timeout: 40_000 }).toContain('back again');
    expect(await chat.messages()).toHaveLength(7);
  });

  test('R-9.4 two tabs of the visitor are in step', async () => {
    const page = await visitors.newPage();
    await page.goto(`${site.url}/other`);
    const second = new Chat(page);
    await second.open();
    await second.write('from the second tab');
    await expect.poll(() => chat.messages(), { timeout: 20_000 }).toContain('from the second tab');
    await answer('seen by both');
    for (const each of [chat, second])
      await expect.poll(() => each.messages(), { timeout: 20_000 }).toContain('seen by both');
    expect(await second.messages()).toEqual(await chat.messages());
    await page.close();
  });

  test('R-1.4, R-1.8 she closes it, and what the visitor writes soon after reopens it', async () => {
    await action('Close').click();
    await expect
      .poll(async () => (await chat.frame()).locator('body').textContent(), { timeout: 20_000 })
      .toMatch(/ended|closed/i);
    await chat.write('one more thing');
    await deskShowsOnce('one more thing');
  });

  test('R-1.4, R-1.8 the visitor ends it, and what they write next is a new conversation', async () => {
    await chat.choose('End chat');
    await (await chat.frame()).getByRole('button', { name: 'End chat' }).click();
    await desk
      .getByRole('log', { name: 'Messages' })
      .getByText(/ended|closed/i)
      .last()
      .waitFor();
    const before = new URL(desk.url()).pathname;
    await chat.write('a new question');
    await desk.getByRole('link', { name: /Queue/ }).first().click();
    await desk.locator('[data-card]').filter({ hasText: 'a new question' }).click();
    await deskShowsOnce('a new question');
    expect(new URL(desk.url()).pathname.split('/').at(-1)).not.toBe(before.split('/').at(-1));
  });
}
