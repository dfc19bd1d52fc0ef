import { spawnSync } from 'node:child_process';
import { type Browser, type Frame, launch, type Page } from 'puppeteer-core';
import { expect, vi } from 'vitest';

/** A Firefox that starts, or null. Playwright drives only a build of its own; this one is driven by WebDriver BiDi. */
export function findFirefox({ FIREFOX_PATH } = process.env): string | null {
  const candidates = [
    ...(FIREFOX_PATH ? [FIREFOX_PATH] : []),
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:/Program Files/Mozilla Firefox/firefox.exe',
  ];
  const starts = (file: string) => spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0;
  return candidates.find(starts) ?? null;
}

/** `preferences`: as in `about:config`. Every host leads to this machine. */
export function openFirefox(executablePath: string, preferences = {}): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: { 'network.dns.forceResolve': '127.0.0.1', ...preferences },
  });
}

const WAIT = { timeout: 30_000, interval: 100 };
const WINDOW = { width: 1280, height: 720 };
/** The middle of the launcher, from the corner of the window it stands in, in px. */
const LAUNCHER = 48;

interface Told {
  told?: string[];
  Deskbell?: { push(call: unknown[]): void };
}

/** The chat as its visitor handles it in Firefox: launcher and panel are found by pointer alone. */
export class FirefoxChat {
  readonly page: Page;
  /** What the console of the page said. */
  readonly said: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      // Firefox asks for it unasked, and a strict page forbids that.
      if (!message.text().includes('/favicon.ico')) this.said.push(message.text());
    });
    page.on('pageerror', (error) => {
      if (!String(error).includes('/favicon.ico')) this.said.push(String(error));
    });
  }

  static async visit(browser: Browser, url: string): Promise<FirefoxChat> {
    const page = await browser.newPage();
    await page.setViewport(WINDOW);
    const chat = new FirefoxChat(page);
    await page.goto(url);
    return chat;
  }

  /** The launcher stands. */
  async ready(): Promise<void> {
    await vi.waitFor(async () => expect(await this.page.$('deskbell-chat')).not.toBeNull(), WAIT);
  }

  async open(side: 'left' | 'right' = 'right'): Promise<void> {
    await this.ready();
    const x = side === 'right' ? WINDOW.width - LAUNCHER : LAUNCHER;
    await this.page.mouse.click(x, WINDOW.height - LAUNCHER);
    await this.field();
  }

  async frame(): Promise<Frame> {
    const isOurs = (frame: Frame) => frame.url().includes('/widget/frame.html');
    return this.page.waitForFrame(isOurs, WAIT);
  }

  private async field() {
    const frame = await this.frame();
    const field = await frame.waitForSelector('textarea:not(:disabled)', WAIT);
    if (!field) throw new Error('the chat has no field');
    return field;
  }

  /** Written and sent by the form itself: under COEP the keys that BiDi presses reach no frame. */
  async write(text: string): Promise<void> {
    await this.field();
    const frame = await this.frame();
    await frame.evaluate(async (words) => {
      const area = document.querySelector('textarea');
      if (!area) return;
      area.value = words;
      area.dispatchEvent(new Event('input', { bubbles: true }));
      // The button to send is enabled by the next drawing.
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      area.form?.requestSubmit();
    }, text);
  }

  /** Waits until all of these stand in the chat. */
  async shows(...texts: string[]): Promise<void> {
    await vi.waitFor(async () => {
      const frame = await this.frame();
      const shown = await frame.evaluate(() => document.body.textContent);
      for (const text of texts) expect(shown).toContain(text);
    }, WAIT);
  }

  /** What the page was told since, by name. */
  async listen(...names: string[]): Promise<() => Promise<string[]>> {
    await this.page.evaluate((all) => {
      const own = window as unknown as Told;
      const told: string[] = [];
      own.told = told;
      for (const name of all) own.Deskbell?.push(['on', name, () => told.push(name)]);
    }, names);
    return () => this.page.evaluate(() => (window as unknown as Told).told ?? []);
  }

  call(name: string): Promise<void> {
    return this.page.evaluate((call) => (window as unknown as Told).Deskbell?.push([call]), name);
  }
}
