import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { buildIfStale } from '../../scripts/build.mjs';
import { readConfig } from '../../server/src/platform/config.ts';
import { type Server, startServer } from '../../server/src/server.ts';
import { createTestDatabase, type TestDatabase } from '../../server/src/testing/database.ts';
import { launchBrowser } from '../browser.ts';

/** A server that nobody has visited yet, and browsers for who comes. */
export class EmptyServer {
  private readonly server: Server;
  private readonly database: TestDatabase;
  private readonly browser: Browser;

  private constructor(server: Server, database: TestDatabase, browser: Browser) {
    this.server = server;
    this.database = database;
    this.browser = browser;
  }

  static async start(): Promise<EmptyServer> {
    buildIfStale();
    const database = await createTestDatabase();
    const server = await startServer({
      config: readConfig({ PORT: '0' }, path.join(tmpdir(), 'no-such-deskbell-folder')),
      databaseUrl: database.url,
      log: pino({ level: 'silent' }),
    });
    const browser = await launchBrowser();
    return new EmptyServer(server, database, browser);
  }

  /** Somebody who has never been here, with a browser of their own. */
  async visit(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const baseURL = this.server.url.replace('localhost', '127.0.0.1');
    const permissions = ['clipboard-read', 'clipboard-write'];
    const context = await this.browser.newContext({
      baseURL,
      permissions,
      locale: 'en-GB',
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    await page.goto(address);
    return page;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.close();
    await this.database.drop();
  }
}
