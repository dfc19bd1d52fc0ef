import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConversationId } from '@deskbell/contract';
import type { Browser, BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { buildIfStale } from '../../scripts/build.mjs';
import { createWorld, type World } from '../../server/src/testing/world.ts';
import { launchBrowser } from '../browser.ts';
import { CuttableProxy } from '../resume/cuttable-proxy.ts';
import { HOST_RULES } from './named.ts';

export interface SiteOptions {
  /** Headers of its pages. */
  headers?: Record<string, string>;
  /** Of the page's `html` element. */
  lang?: string;
  body?: string;
  /** A style sheet of the page's own. */
  css?: string;
}

/** A shop on another site than the desk (localhost beside 127.0.0.1), whose every page carries the widget. */
export class Site {
  readonly url: string;
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
    this.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  }

  static async open(desk: string, key: string, options: SiteOptions = {}): Promise<Site> {
    const { headers = {}, lang = 'en', body = '<h1>A shop</h1>', css = '' } = options;
    const server = createServer((request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
      response.end(`<!doctype html><html lang="${lang}"><head><title>${request.url}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${css && `<style>${css}</style>`}
<script async src="${desk}/widget/loader.js" data-inbox="${key}"></script></head>
<body><main>${body}<a href="/other">Other page</a></main></body></html>`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    return new Site(server);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** The middle of the launcher, from the window's lower right corner, in px. */
const LAUNCHER = 48;

/**
 * The chat as its visitor handles it. Launcher and panel lie in a closed shadow root, where no selector
 * of the page or of ours reaches: they are found by pointer and by what a screen reader is told.
 */
export class Chat {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The chat's own document, once it is loaded. */
  async frame(): Promise<Frame> {
    const isOurs = (frame: Frame) => frame.url().includes('/widget/frame.html');
    const loaded = this.page.frames().find(isOurs);
    return loaded ?? this.page.waitForEvent('framenavigated', { predicate: isOurs });
  }

  async field(): Promise<Locator> {
    return (await this.frame()).getByRole('textbox');
  }

  /** What stands in the bubbles, in order. */
  async messages(): Promise<string[]> {
    const texts = await (await this.frame()).locator('.bubble').allInnerTexts();
    return texts.map((text) => text.replace(/^[^:]*:\s+/, '').trim());
  }

  /** The launcher is there, and says what a screen reader would hear: 'Open chat, 2 unread'. */
  async launcherName(): Promise<string> {
    const session = await this.page.context().newCDPSession(this.page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    await session.detach();
    const names = nodes
      .filter(({ role }) => role?.value === 'button')
      .map(({ name }) => String(name?.value));
    return names.find((name) => /chat/i.test(name)) ?? '';
  }

  async clickLauncher(): Promise<void> {
    await vi.waitFor(async () => expect(await this.launcherName()).not.toBe(''), WAIT);
    const { width, height } = this.page.viewportSize() ?? { width: 0, height: 0 };
    await this.page.mouse.click(width - LAUNCHER, height - LAUNCHER);
  }

  async open(): Promise<void> {
    await this.clickLauncher();
    await (await this.field()).waitFor();
  }

  async write(text: string): Promise<void> {
    const field = await this.field();
    await field.fill(text);
    await field.press('Enter');
  }

  /** Waits until these are the messages shown. */
  async shows(...texts: string[]): Promise<void> {
    await vi.waitFor(async () => expect(await this.messages()).toEqual(texts), WAIT);
  }

  async choose(item: string): Promise<void> {
    const frame = await this.frame();
    await frame.getByRole('button', { name: 'More' }).click();
    await frame.getByRole('menuitem', { name: item }).click();
  }
}

/** Patience of a test, in ms. */
export const WAIT = { timeout: 15_000, interval: 50 };

/** A real server behind a stretch of network, shops on another site, a real browser. */
export class Stage {
  readonly world: World;
  readonly network: CuttableProxy;
  readonly browser: Browser;
  private readonly sites: Site[] = [];
  /** Conversations of earlier tests, as an array of the database. */
  private earlier = '{}';

  private constructor(world: World, network: CuttableProxy, browser: Browser) {
    this.world = world;
    this.network = network;
    this.browser = browser;
  }

  static async open(): Promise<Stage> {
    buildIfStale();
    const [world, browser] = await Promise.all([
      createWorld(),
      launchBrowser({ args: [`--host-resolver-rules=${HOST_RULES}`] }),
    ]);
    return new Stage(world, await CuttableProxy.open(world.url), browser);
  }

  /** The desk as the shops' visitors reach it. */
  get desk(): string {
    return this.network.url;
  }

  /** Nobody reaches the desk, until `online`. */
  offline(): void {
    this.network.isReachable = false;
    this.network.cut();
  }

  online(): void {
    this.network.isReachable = true;
  }

  async site(options: SiteOptions = {}): Promise<Site> {
    const site = await Site.open(this.network.url, this.world.inbox.key, options);
    this.sites.push(site);
    return site;
  }

  /** A tab of this browser on that page. */
  async visit(context: BrowserContext, url: string): Promise<Chat> {
    const page = await context.newPage();
    await page.goto(url);
    return new Chat(page);
  }

  /** Every message that visitors wrote and the server stored, in order. */
  async stored(): Promise<string[]> {
    const rows = await this.world.server.engine.pool<{ text: string }[]>`
      select text from timeline
      where kind = 'message' and author_kind = 'contact' and conversation_id <> all(${this.earlier}::uuid[])
      order by at, seq`;
    return rows.map(({ text }) => text);
  }

  /** How many conversations there are. */
  async conversations(): Promise<number> {
    const { pool } = this.world.server.engine;
    const [row] = await pool<{ count: number }[]>`
      select count(*)::int as count from conversations where id <> all(${this.earlier}::uuid[])`;
    return row?.count ?? 0;
  }

  /** The next test begins with nothing written: what stands there now is not counted. */
  async forgetConversations(): Promise<void> {
    const rows = await this.world.server.engine.pool<
      { id: string }[]
    >`select id from conversations`;
    this.earlier = `{${rows.map(({ id }) => id).join(',')}}`;
  }

  /** The conversation in which a visitor wrote this, taken by Ann once the server has it stored. */
  async accepted(text: string): Promise<ConversationId> {
    const { pool } = this.world.server.engine;
    const id = await vi.waitFor(async () => {
      const [row] = await pool<{ id: ConversationId }[]>`
        select c.id from conversations c join timeline t on t.conversation_id = c.id
        where t.kind = 'message' and t.author_kind = 'contact' and t.text = ${text}
          and c.status <> 'closed' and c.id <> all(${this.earlier}::uuid[])
        order by c.opened_at desc limit 1`;
      if (!row) throw new Error(`nobody has written "${text}"`);
      return row.id;
    }, WAIT);
    await this.world.act(this.world.ann, 'conversation.accept', { conversationId: id });
    return id;
  }

  async answer(conversationId: ConversationId, text: string): Promise<void> {
    await this.world.act(this.world.ann, 'message.send', { conversationId, text });
  }

  async close(): Promise<void> {
    await this.browser.close();
    for (const site of this.sites) await site.close();
    await this.network.close();
    await this.world.close();
  }
}
