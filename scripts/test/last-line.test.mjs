import { expect, it } from 'vitest';
import { countResults, namesIn } from './count-reporter.mjs';
import { verdict } from './last-line.mjs';

const counts = (passed, failed, skipped = 0) => ({ passed, failed, skipped });

it('tells passed and failed, and skipped only where there are any', () => {
  expect(verdict({ counts: counts(3, 0), runnerPassed: true })).toEqual({
    ok: true,
    line: '3 passed, 0 failed',
  });
  expect(verdict({ counts: counts(3, 0, 2), runnerPassed: true }).line).toBe(
    '3 passed, 0 failed, 2 skipped',
  );
});

it('fails when one was skipped where all must run', () => {
  const skipping = { counts: counts(3, 0, 1), runnerPassed: true };
  expect(verdict(skipping).ok).toBe(true);
  expect(verdict({ ...skipping, allMustRun: true })).toEqual({
    ok: false,
    line: '3 passed, 0 failed, 1 skipped',
  });
  expect(verdict({ ...skipping, counts: counts(3, 0), allMustRun: true }).ok).toBe(true);
});

it('fails when a test failed, whatever the runner says', () => {
  expect(verdict({ counts: counts(3, 1), runnerPassed: true })).toEqual({
    ok: false,
    line: '3 passed, 1 failed',
  });
});

it('fails when nothing was run, when the runner failed, and when it died', () => {
  expect(verdict({ counts: counts(0, 0, 4), runnerPassed: true })).toEqual({
    ok: false,
    line: '0 passed, 1 failed, 4 skipped',
  });
  expect(verdict({ counts: counts(3, 0), runnerPassed: false }).line).toBe('3 passed, 1 failed');
  expect(verdict({ counts: null, runnerPassed: false }).line).toBe('0 passed, 1 failed');
});

it('counts unloadable files, throwing hooks, uncaught errors and unfinished tests as failures', () => {
  const test = (state) => ({ result: () => ({ state }) });
  const module = ({ errors = [], suites = [], tests = [] }) => ({
    errors: () => errors,
    children: {
      allSuites: () => suites.map((found) => ({ errors: () => found })),
      allTests: () => tests.map(test),
    },
  });
  const modules = [
    module({ errors: ['SyntaxError'] }),
    module({ suites: [['beforeAll threw'], []], tests: ['skipped', 'passed'] }),
    module({ tests: ['passed', 'failed', 'pending'] }),
  ];
  expect(countResults(modules, ['unhandled rejection'])).toEqual(counts(2, 5, 1));
});

it('names those of one state, with their file', () => {
  const test = (fullName, state) => ({ fullName, result: () => ({ state }) });
  const tests = [test('chats', 'passed'), test('chats in Firefox', 'skipped')];
  const module = { relativeModuleId: 'e2e/firefox.test.ts', children: { allTests: () => tests } };
  expect(namesIn([module], 'skipped')).toEqual(['e2e/firefox.test.ts: chats in Firefox']);
});
