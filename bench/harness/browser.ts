import { type Browser, type CDPSession, chromium } from 'playwright-core';
import { buildIfStale } from '../../scripts/build.mjs';
import { findBrowser } from '../../scripts/test/browser.mjs';
import { undoAtEnd } from './processes.ts';

/** A real browser without a window, with desk and widget as they are built. */
export async function startBrowser(): Promise<Browser> {
  buildIfStale();
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('There is no browser here; set CHROME_PATH');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  undoAtEnd(() => browser.close());
  return browser;
}

/**
 * From now on {@link mainThreadMs} counts: the thread's own time, in which it did not wait for a core that
 * something else on this machine had.
 */
export async function countMainThread(session: CDPSession): Promise<void> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
}

/** How long the page's main thread has been at work since it was opened, in ms (CDP, Performance.getMetrics). */
export async function mainThreadMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  return seconds * 1000;
}
