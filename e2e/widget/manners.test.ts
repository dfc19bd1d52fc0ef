import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import { type BrowserContext, chromium, type Frame } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findBrowser } from '../../scripts/test/browser.mjs';
import { Chat, type Site, Stage, WAIT } from './stage.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let stage: Stage;
let site: Site;
beforeAll(async () => {
  stage = await Stage.open();
  site = await stage.site();
});
afterAll(() => stage?.close());

describe('where the browser keeps nothing', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'deskbell-browser-'));
  let context: BrowserContext;
  beforeEach(async () => {
    // As somebody has it who forbids all sites to keep data: every word of storage throws.
    const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
    mkdirSync(path.join(folder, 'Default'), { recursive: true });
    writeFileSync(path.join(folder, 'Default/Preferences'), JSON.stringify(preferences));
    context = await chromium.launchPersistentContext(folder, {
      executablePath: findBrowser() ?? '',
      args: ['--no-sandbox'],
    });
  });
  afterEach(async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('R-9.4 one still chats on this page', async () => {
    await stage.forgetConversations();
    const chat = await stage.visit(context, site.url);
    const isDenied = await chat.page.evaluate(() => {
      try {
        return !localStorage;
      } catch {
        return true;
      }
    });
    expect(isDenied).toBe(true);
    await chat.open();
    await (await chat.frame()).getByText('This browser lets us keep nothing').waitFor();
    await chat.write('Nothing is kept');
    await chat.shows('Nothing is kept');
    await vi.waitFor(async () => expect(await stage.stored()).toEqual(['Nothing is kept']), WAIT);
    const id = await stage.accepted('Nothing is kept');
    await stage.answer(id, 'But read');
    await chat.shows('Nothing is kept', 'But read');
  });
});

describe('what a page pays', () => {
  it('R-9.1 nothing is asked of third parties, and nothing but the loader before it is wanted', async () => {
    const context = await stage.browser.newContext();
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(site.url);
    const chat = new Chat(page);
    await vi.waitFor(async () => expect(await chat.launcherName()).toBe('Open chat'), WAIT);
    expect(asked.filter((url) => url.startsWith(stage.desk))).toEqual([
      `${stage.desk}/widget/loader.js`,
    ]);
    await chat.open();
    const hosts = new Set(asked.map((url) => new URL(url).origin));
    expect([...hosts].sort()).toEqual([stage.desk, site.url].sort());
    expect(await context.cookies()).toEqual([]);
    await context.close();
  });

  it('R-9.1 what the loader costs the page is seen in a trace', async () => {
    const took: number[] = [];
    for (let i = 0; i < 5; i++) took.push(await loaderMs());
    console.log(`main-thread time of the loader: ${took.map((ms) => ms.toFixed(1)).join(', ')} ms`);
    for (const ms of took) expect(ms).toBeGreaterThan(0);
  });

  /** What the loader's script cost the page's main thread until the launcher stood, in ms of its own processor time. */
  async function loaderMs(): Promise<number> {
    const context = await stage.browser.newContext();
    const page = await context.newPage();
    await stage.browser.startTracing(page, { categories: ['devtools.timeline', 'v8'] });
    await page.goto(site.url);
    const chat = new Chat(page);
    await vi.waitFor(async () => expect(await chat.launcherName()).toBe('Open chat'), WAIT);
    const { traceEvents } = JSON.parse(String(await stage.browser.stopTracing())) as Trace;
    await context.close();
    const isOurs = ({ args }: TraceEvent) => JSON.stringify(args).includes('/widget/loader.js');
    const micros = traceEvents
      .filter((event) => SCRIPT_WORK.has(event.name) && isOurs(event))
      .reduce((sum, { tdur, dur = 0 }) => sum + (tdur ?? dur), 0);
    return micros / 1000;
  }
});

interface TraceEvent {
  name: string;
  args: object;
  /** Wall time, and processor time of the thread, in microseconds. */
  dur?: number;
  tdur?: number;
}
interface Trace {
  traceEvents: TraceEvent[];
}
/** Compiling, running for the first time, and every call of ours afterwards: none of them lies within another. */
const SCRIPT_WORK = new Set(['v8.compile', 'EvaluateScript', 'FunctionCall']);

describe.each([
  { name: 'desktop', width: 1440, height: 900 },
  { name: 'tablet', width: 1024, height: 768 },
  { name: 'phone', width: 390, height: 844 },
])('on a $name', ({ width, height }) => {
  it.each(['light', 'dark'] as const)('R-9.1 axe finds nothing, in %s', async (colorScheme) => {
    await stage.forgetConversations();
    const context = await stage.browser.newContext({
      viewport: { width, height },
      colorScheme,
      reducedMotion: 'reduce',
    });
    const chat = await stage.visit(context, site.url);
    await chat.open();
    const frame = await chat.frame();
    await frame.evaluate(axe);
    const found: string[] = [];
    const look = async (state: string) => found.push(...(await violations(frame, state)));

    await look('greeting');
    await chat.write('Hello **you**, see https://a.example and `code`');
    await frame.getByText('Sent').waitFor();
    const id = await stage.accepted('Hello **you**, see https://a.example and `code`');
    await stage.answer(id, '- one\n- [two](https://b.example)\n\n```\ncode\n```');
    await stage.answer(id, '👍');
    await frame.getByText('👍').waitFor();
    await look('talk');
    await frame.getByRole('button', { name: 'More' }).click();
    await look('menu');
    await chat.page.keyboard.press('Escape');
    await frame.getByRole('button', { name: 'Emoji' }).click();
    await look('emoji');
    await chat.page.keyboard.press('Escape');
    await (await chat.field()).fill('x'.repeat(16_001));
    await look('too long');
    await (await chat.field()).fill('');
    stage.offline();
    await frame.getByText('No connection').waitFor();
    await chat.write('offline');
    await look('offline');
    stage.online();
    await chat.choose('End chat');
    await look('end question');
    await frame.getByRole('button', { name: 'Keep chatting' }).click();
    await chat.choose('Earlier chats');
    await look('no earlier chats');

    expect(found).toEqual([]);
    await context.close();
  });
});

async function violations(frame: Frame, state: string): Promise<string[]> {
  const results = await frame.evaluate(
    (options) =>
      (window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(
        options,
      ),
    { resultTypes: ['violations'] } satisfies RunOptions,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${state}: ${id}: ${html.slice(0, 120)}`),
  );
}
