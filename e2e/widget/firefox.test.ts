import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildIfStale } from '../../scripts/build.mjs';
import { createWorld, type World } from '../../server/src/testing/world.ts';
import { FirefoxChat, findFirefox, openFirefox } from './firefox.ts';
import { NamedSites, strictPolicy } from './named.ts';

const executable = findFirefox();

/** Where there is no Firefox these are skipped: FIREFOX_PATH names one. */
describe.skipIf(executable === null)('in Firefox', () => {
  let world: World;
  let sites: NamedSites;
  let browser: Browser;
  beforeAll(async () => {
    buildIfStale();
    world = await createWorld();
    sites = await NamedSites.open(world.url, world.inbox.key);
    browser = await openFirefox(executable ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await sites?.close();
    await world?.close();
  });

  it.each(['unsafe-none', 'require-corp', 'credentialless'])(
    'R-9.4 a page with a strict policy under COEP %s has the chat, and remembers it',
    async (embedder) => {
      const url = sites.at('localhost', {
        headers: {
          'cross-origin-embedder-policy': embedder,
          'cross-origin-opener-policy': 'same-origin',
          'content-security-policy': strictPolicy(world.url),
        },
      });
      const chat = await FirefoxChat.visit(browser, url);
      await chat.open();
      await chat.write(`Under ${embedder}`);
      await chat.shows(`Under ${embedder}`, 'Sent');
      await chat.page.reload();
      await chat.shows(`Under ${embedder}`);
      expect(chat.said).toEqual([]);
      await chat.page.close();
    },
  );

  it('R-9.2 a site that the list does not name gets no widget, and the console says so', async () => {
    const change = (...domains: string[]) =>
      world.act(world.olga, 'inbox.change', { inboxId: world.inbox.id, domains });
    await change('shop.example');
    const named = await FirefoxChat.visit(browser, sites.at('shop.example'));
    await named.open();
    const strange = await FirefoxChat.visit(browser, sites.at('evil.example'));
    await vi.waitFor(() => expect(strange.said.join()).toContain('is not among the domains'), {
      timeout: 30_000,
    });
    expect(await strange.page.$('deskbell-chat')).toBeNull();
    await change();
    await named.page.close();
    await strange.page.close();
  });

  it('R-9.3 the page opens and closes the chat, and hears of it', async () => {
    const chat = await FirefoxChat.visit(browser, sites.at('api.example'));
    await chat.ready();
    const told = await chat.listen('ready', 'open', 'close');
    await chat.call('open');
    await chat.call('toggle');
    expect(await told()).toEqual(['ready', 'open', 'close']);
    await chat.page.close();
  });

  it('R-9.3 the hosted page is the chat', async () => {
    const chat = await FirefoxChat.visit(browser, `${world.url}/chat/${world.inbox.key}`);
    await chat.write('On a page of its own');
    await chat.shows('On a page of its own', 'Sent');
    expect(await chat.page.title()).toBe('Shop');
    expect(chat.said).toEqual([]);
    await chat.page.close();
  });

  it('R-9.1 a page from right to left has its launcher on the left', async () => {
    const url = sites.at('rtl.example', { html: 'lang="ar-XB" dir="rtl"' });
    const chat = await FirefoxChat.visit(browser, url);
    await chat.open('left');
    const frame = await chat.frame();
    expect(await frame.evaluate(() => document.documentElement.dir)).toBe('rtl');
    await chat.page.close();
  });

  it('R-9.4 where the browser lets nobody keep anything one still chats, and is told', async () => {
    // As "block all cookies" does in its settings.
    const strict = await openFirefox(executable ?? '', { 'network.cookie.cookieBehavior': 2 });
    const chat = await FirefoxChat.visit(strict, sites.at('keeps-nothing.example'));
    const isDenied = await chat.page.evaluate(() => {
      try {
        return !localStorage;
      } catch {
        return true;
      }
    });
    expect(isDenied).toBe(true);
    await chat.open();
    await chat.shows('This browser lets us keep nothing');
    await chat.write('Nothing is kept');
    await chat.shows('Nothing is kept', 'Sent');
    await strict.close();
  });
});
