// `npm test`: every test, browsers included. Arguments go to Vitest: `npm test -- e2e/set-up`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repository } from './check/run.mjs';
import { withSecondLook, worthAnotherLook } from './test/again.mjs';
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

/** CI sets its machine up for all of them. */
const allMustRun = Boolean(process.env.CI) && args.length === 0;
const { counts, runnerPassed, passedAgain } = await (allMustRun ? runTwice() : runVitest(args));
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
if (passedAgain?.length > 0)
  console.log(
    `\nFailed at first, and passed when run again by themselves:\n  ${passedAgain.join('\n  ')}`,
  );
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

/** CI judges a change by one run, which a machine that stood still for a moment must not decide: see `again.mjs`. */
async function runTwice() {
  const first = await runVitest(args);
  const files = first.counts === null ? [] : worthAnotherLook(first.counts);
  if (files.length === 0) return first;
  console.log(`\nOnce more, by themselves:\n  ${files.join('\n  ')}`);
  const second = await runVitest(files);
  if (second.counts === null) return first;
  const counts = withSecondLook(first.counts, second.counts);
  const passedAgain = first.counts.failedTests.filter((name) => !counts.failedTests.includes(name));
  return { counts, runnerPassed: second.runnerPassed, passedAgain };
}

async function runVitest(files) {
  const folder = mkdtempSync(path.join(tmpdir(), 'deskbell-counts-'));
  const countsFile = path.join(folder, 'counts.json');
  try {
    const runnerPassed = await vitest(files, {
      TEST_COUNTS_FILE: countsFile,
      TESTS_LEFT_OUT: leftOut.join(path.delimiter),
      ...(browser ? { CHROME_PATH: browser } : {}),
    });
    return { runnerPassed, counts: readCounts(countsFile) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function vitest(files, environment) {
  const command = [
    path.join(repository, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    `--reporter=${path.join(repository, 'scripts/test/count-reporter.mjs')}`,
    ...files,
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
