import { spawnSync } from 'node:child_process';
import { accessSync, constants, globSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
];
/** Where `playwright install` puts its own, in its various shapes. */
const inPlaywrightsCache = [
  'chromium-*/chrome-linux*/chrome',
  'chromium-*/chrome-mac*/*.app/Contents/MacOS/*',
  'chromium-*/chrome-win*/chrome.exe',
];
const shellsInPlaywrightsCache = [
  'chromium_headless_shell-*/*/headless_shell*',
  'chromium_headless_shell-*/*/chrome-headless-shell*',
];

/** The path of a browser of the Chromium family that starts, or null. */
export function findBrowser(environment = process.env) {
  const { CHROME_PATH } = environment;
  return firstThatStarts([
    ...(CHROME_PATH ? [CHROME_PATH] : []),
    ...commands.flatMap((name) => onPath(name, environment)),
    ...applications,
    ...playwrightCaches(environment).flatMap((cache) => newestOf(inPlaywrightsCache, cache)),
  ]);
}

/** The path of a headless shell (a browser's engine alone, which costs half) that starts, or null. */
export function findHeadlessShell(environment = process.env) {
  return firstThatStarts([
    ...onPath('chromium-headless-shell', environment),
    ...playwrightCaches(environment).flatMap((cache) => newestOf(shellsInPlaywrightsCache, cache)),
  ]);
}

/** Debian's browser and its headless shell, where we may: root and apt-get. Says what it does; answers like `findBrowser`. */
export function installBrowser() {
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0;
  if (!mayInstall || spawnSync('apt-get', ['--version']).status !== 0) return findBrowser();
  console.log("Installing Debian's chromium and chromium-headless-shell ...");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    spawnSync('apt-get', args, { env, stdio: ['ignore', 1, 2] }).status === 0;
  apt('update', '-qq');
  // One by one: not every release has the shell.
  for (const name of ['chromium', 'chromium-headless-shell'])
    apt('install', '-y', '-qq', '--no-install-recommends', name);
  return findBrowser();
}

const onPath = (name, { PATH = '' }) =>
  PATH.split(path.delimiter).map((folder) => path.join(folder, name));

const firstThatStarts = (candidates) =>
  candidates.find((candidate) => isExecutable(candidate) && starts(candidate)) ?? null;

function playwrightCaches({ PLAYWRIGHT_BROWSERS_PATH, LOCALAPPDATA, XDG_CACHE_HOME }) {
  return [
    PLAYWRIGHT_BROWSERS_PATH,
    path.join(XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'ms-playwright'),
    path.join(homedir(), 'Library/Caches/ms-playwright'),
    LOCALAPPDATA && path.join(LOCALAPPDATA, 'ms-playwright'),
  ].filter(Boolean);
}

/** The newest revision first. */
function newestOf(patterns, cache) {
  return patterns
    .flatMap((pattern) => globSync(pattern, { cwd: cache }))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((found) => path.join(cache, found));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Ubuntu's `chromium` is a note that says to install the snap: found, executable, no browser. */
function starts(file) {
  // Windows' Chrome opens a window instead of telling its version.
  if (process.platform === 'win32') return true;
  return spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0;
}
