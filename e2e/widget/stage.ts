import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core';
import { findBrowser } from '../../scripts/test/browser.mjs';
import { createWorld, type World } from '../../server/src/testing/world.ts';

/** What a careful shop allows: nothing inline, nothing from elsewhere but the chat, and no HTML from strings. */
export const strictPolicy = (desk: string) =>
  [
    "default-src 'none'",
    `script-src ${desk}/widget/loader.js`,
    `frame-src ${desk}`,
    `connect-src ${desk.replace('http', 'ws')}`,
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

export interface SiteOptions {
  /** Headers of its pages. */
  headers?: Record<string, string>;
  /** Of the page's `html` element. */
  lang?: string;
  body?: string;
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
    const { headers = {}, lang = 'en', body = '<h1>A shop</h1>' } = options;
    const server = createServer((request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
      response.end(`<!doctype html><html lang="${lang}"><head><title>${request.url}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
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

/** The chat as its visitor handles it: launcher and panel lie in a closed shadow root, so both are reached as a person does. */
export class Chat {
  readonly page: Page;
  readonly frame: FrameLocator;

  constructor(page: Page) {
    this.page = page;
    this.frame = page.frameLocator('iframe[title="Chat"]');
  }

  get launcher() {
    return this.page.getByRole('button', { name: /^(Open|Close) chat|^Chat (öffnen|schließen)/ });
  }

  get field() {
    return this.frame.getByRole('textbox');
  }

  get log() {
    return this.frame.getByRole('log');
  }

  /** What stands in the bubbles, in order. */
  async messages(): Promise<string[]> {
    const texts = await this.frame.locator('.bubble').allInnerTexts();
    return texts.map((text) => text.replace(/^.*?: /, '').trim());
  }

  async open(): Promise<void> {
    await this.launcher.click();
    await this.field.waitFor();
  }

  async write(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }
}

/** A real server, a shop on another site, a real browser. */
export class Stage {
  readonly world: World;
  readonly browser: Browser;
  private readonly sites: Site[] = [];

  private constructor(world: World, browser: Browser) {
    this.world = world;
    this.browser = browser;
  }

  static async open(): Promise<Stage> {
    const executablePath = findBrowser();
    if (executablePath === null) throw new Error('no browser was found');
    const [world, browser] = await Promise.all([
      createWorld(),
      chromium.launch({ executablePath, args: ['--no-sandbox'] }),
    ]);
    return new Stage(world, browser);
  }

  async site(options: SiteOptions = {}): Promise<Site> {
    const site = await Site.open(this.world.url, this.world.inbox.key, options);
    this.sites.push(site);
    return site;
  }

  /** A tab with the chat, opened. */
  async visit(context: BrowserContext, url: string): Promise<Chat> {
    const page = await context.newPage();
    await page.goto(url);
    return new Chat(page);
  }

  async close(): Promise<void> {
    await this.browser.close();
    for (const site of this.sites) await site.close();
    await this.world.close();
  }
}
