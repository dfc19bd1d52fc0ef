import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findBrowser, findHeadlessShell } from './browser.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'deskbell-browsers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that ends with `status` when asked for its version. */
function program(name, status = 0) {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\nexit ${status}\n`);
  chmodSync(file, 0o755);
  return file;
}

it('takes the browser that CHROME_PATH names before any other', () => {
  program('chromium');
  const named = program('my/browser');
  expect(findBrowser({ CHROME_PATH: named, PATH: folder })).toBe(named);
});

it('passes over a program that does not start, and takes the next', () => {
  program('chromium', 1);
  const chrome = program('google-chrome');
  expect(findBrowser({ CHROME_PATH: path.join(folder, 'gone'), PATH: folder })).toBe(chrome);
});

it("finds the newest of Playwright's browsers where no other is", () => {
  program('chromium-999/chrome-linux/chrome');
  const newest = program('chromium-1200/chrome-linux64/chrome');
  expect(findBrowser({ PLAYWRIGHT_BROWSERS_PATH: folder, PATH: '' })).toBe(newest);
});

it('finds a headless shell on the path, and the newest that Playwright has; else there is none', () => {
  const environment = { PLAYWRIGHT_BROWSERS_PATH: folder, PATH: '' };
  program('chromium');
  expect(findHeadlessShell({ ...environment, PATH: folder })).toBe(null);
  program('chromium_headless_shell-999/chrome-linux/headless_shell');
  const newest = program(
    'chromium_headless_shell-1200/chrome-headless-shell-linux64/chrome-headless-shell',
  );
  expect(findHeadlessShell(environment)).toBe(newest);
  const installed = program('chromium-headless-shell');
  expect(findHeadlessShell({ ...environment, PATH: folder })).toBe(installed);
});
