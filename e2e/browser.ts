import { type Browser, chromium } from 'playwright-core';
import { findBrowser, findHeadlessShell } from '../scripts/test/browser.mjs';

interface BrowserOptions {
  args?: string[];
  /** With its windows, which pushes, notifications of the system and profiles on disk belong to. */
  isWhole?: boolean;
}

/**
 * The browser of a test: where it is to be had the headless shell, the same engine without the program around it, at
 * half the cost.
 */
export function launchBrowser({
  args = [],
  isWhole = false,
}: BrowserOptions = {}): Promise<Browser> {
  const executablePath = (isWhole ? null : findHeadlessShell()) ?? findBrowser();
  if (!executablePath) throw new Error('There is no browser here; set CHROME_PATH');
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...args] });
}
