import type { ConversationId } from '@deskbell/contract';
import { type ContactClient, createContactClient } from '@deskbell/sdk';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { buildIfStale } from '../../scripts/build.mjs';
import {
  createWorld,
  type Person,
  type Visitor,
  type World,
} from '../../server/src/testing/world.ts';
import { wrongsOf } from '../axe.ts';
import { launchBrowser } from '../browser.ts';
import { Line } from './line.ts';

interface StageOptions {
  config?: Record<string, string>;
  browser?: Parameters<typeof launchBrowser>[0];
}

interface DeskOptions extends BrowserContextOptions {
  path?: string;
}

/** One agent's desk in a browser of its own, handled as a person does: by what things are called. */
export class Desk {
  readonly page: Page;
  readonly line: Line;

  constructor(page: Page, line: Line) {
    this.page = page;
    this.line = line;
  }

  get cards() {
    return this.page.locator('[data-card]');
  }

  card(text: string) {
    return this.cards.filter({ hasText: text });
  }

  get timeline() {
    return this.page.getByRole('log', { name: 'Messages' });
  }

  get field() {
    return this.page.getByRole('textbox', { name: /^Message to/ });
  }

  message(text: string) {
    return this.timeline.locator('[data-message]').filter({ hasText: text });
  }

  /** The button in the head of the conversation, or in place of the field what leads into it. */
  action(name: string) {
    return this.page.locator('main').getByRole('button', { name, exact: true });
  }

  toast(text: string | RegExp) {
    return this.page.getByRole('region', { name: 'Messages' }).getByText(text);
  }

  async open(conversationId: string, list = 'open'): Promise<void> {
    await this.page.goto(`/${list}/${conversationId}`);
    await this.timeline.waitFor();
  }

  async send(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** Everything that axe finds wrong, as a person would read it. */
  wrongs(): Promise<string[]> {
    return wrongsOf(this.page);
  }
}

/** A real server, real browsers for agents, and visitors by the sdk. */
export class Stage {
  readonly world: World;
  readonly browser: Browser;
  /** What pages complained about: errors, and what the policy forbade. */
  readonly troubles: string[] = [];
  private readonly visitors: ContactClient[] = [];

  private constructor(world: World, browser: Browser) {
    this.world = world;
    this.browser = browser;
  }

  /** `config`: of the server. */
  static async open({ config = {}, browser: wanted = {} }: StageOptions = {}): Promise<Stage> {
    buildIfStale();
    const [world, browser] = await Promise.all([createWorld(config), launchBrowser(wanted)]);
    return new Stage(world, browser);
  }

  async desk(who: Person, { path = '/queue', ...options }: DeskOptions = {}): Promise<Desk> {
    const { url } = this.world;
    const context = await this.browser.newContext({
      baseURL: url,
      locale: 'en-GB',
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    await context.addCookies([{ name: 'deskbell_session', value: who.token, url }]);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.troubles.push(String(error)));
    page.on('console', (said) => {
      if (said.type() === 'error') this.troubles.push(said.text());
    });
    const line = await Line.of(page);
    await page.goto(path);
    await page
      .getByRole('navigation', { name: 'Lists' })
      .or(page.locator('main'))
      .first()
      .waitFor();
    return new Desk(page, line);
  }

  visitor(who: Visitor): ContactClient {
    const { inboxKey: inbox, token } = who;
    const client = createContactClient({ baseUrl: this.world.url, inbox, token });
    this.visitors.push(client);
    return client;
  }

  /** A conversation of Vera's that Ann has. */
  async conversation(...texts: string[]): Promise<ConversationId> {
    const { world } = this;
    let id = '';
    for (const text of texts) id = await world.write(world.vera, text);
    const conversationId = id as ConversationId;
    await world.act(world.ann, 'conversation.accept', { conversationId });
    return conversationId;
  }

  async close(): Promise<void> {
    for (const visitor of this.visitors) visitor.stop();
    await this.browser.close();
    await this.world.close();
  }
}
