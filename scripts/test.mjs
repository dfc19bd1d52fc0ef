// `npm test`: every test, browsers included. Arguments go to Vitest: `npm test -- e2e/set-up`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repository } from './check/run.mjs';
import { findBrowser, findHeadlessShell, installBrowser } from './test/browser.mjs';
import { testsThatNeedABrowser } from './test/browser-tests.mjs';
import { verdict } from './test/last-line.mjs';
import { installPrograms, missingPrograms } from './test/programs.mjs';

const args = process.argv.slice(2);
const needBrowser = testsThatNeedABrowser(repository).filter(isAskedFor);
const browser = needBrowser.length > 0 ? browserHere() : null;
const leftOut = browser === null ? needBrowser : [];
const wanted = missingPrograms(isAskedFor);
if (wanted.length > 0) installPrograms(wanted.map(({ name }) => name));
const missing = missingPrograms(isAskedFor);

const { counts, runnerPassed } = await runVitest();
/** CI sets its machine up for all of them. */
const allMustRun = Boolean(process.env.CI) && args.length === 0;
const { ok, line } = verdict({ counts, runnerPassed, allMustRun });
if (counts === null) console.log('\nVitest ended without a result.');
else if (counts.passed + counts.failed === 0) console.log('\nNo test was run.');
else if (ok !== runnerPassed && counts.failed === 0) console.log('\nVitest failed (see above).');
if (leftOut.length > 0) {
  console.log('\nDid not run, for there is no browser (install Chromium, or set CHROME_PATH):');
  for (const file of leftOut) console.log(`  ${file}`);
}
for (const { name, tests } of missing)
  console.log(`\nSkipped in part, for there is no ${name} (install it): ${tests.join(', ')}`);
if (allMustRun && counts?.skippedTests.length > 0)
  console.log(`\nSkipped, and here all must run:\n  ${counts.skippedTests.join('\n  ')}`);
process.exitCode = ok && leftOut.length === 0 ? 0 : 1;
console.log(`\n${line}`);

/** By Vitest's own way: a file runs when its path contains one of the words. Options may change that. */
function isAskedFor(file) {
  const hasOptions = args.some((arg) => arg.startsWith('-'));
  return hasOptions || args.length === 0 || args.some((arg) => file.includes(arg));
}

/** Installed where there is none; by CI, which has the time, also where only the quicker shell of it is missing. */
function browserHere() {
  const found = findBrowser();
  const isWhole = found !== null && (!process.env.CI || findHeadlessShell() !== null);
  return isWhole ? found : installBrowser();
}

async function runVitest() {
  const folder = mkdtempSync(path.join(tmpdir(), 'deskbell-counts-'));
  const countsFile = path.join(folder, 'counts.json');
  try {
    const runnerPassed = await vitest({
      TEST_COUNTS_FILE: countsFile,
      TESTS_LEFT_OUT: leftOut.join(path.delimiter),
      ...(browser ? { CHROME_PATH: browser } : {}),
    });
    return { runnerPassed, counts: readCounts(countsFile) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function vitest(environment) {
  const command = [
    path.join(repository, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    `--reporter=${path.join(repository, 'scripts/test/count-reporter.mjs')}`,
    ...args,
  ];
  const child = spawn(process.execPath, command, {
    cwd: repository,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  // Ctrl-C reaches Vitest as well; it cleans up and ends, and the count is still told.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
