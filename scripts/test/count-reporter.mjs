import { writeFileSync } from 'node:fs';

/** Vitest reporter: leaves the run's counts as JSON in the file that `TEST_COUNTS_FILE` names. */
export default class CountReporter {
  onTestRunEnd(testModules, unhandledErrors) {
    const told = {
      ...countResults(testModules, unhandledErrors),
      byFile: countByFile(testModules),
      skippedTests: namesIn(testModules, 'skipped'),
      failedTests: namesIn(testModules, 'failed'),
    };
    writeFileSync(process.env.TEST_COUNTS_FILE, JSON.stringify(told));
  }
}

/** Those of one state, by file and name. */
export function namesIn(testModules, state) {
  return testModules.flatMap(({ relativeModuleId, children }) =>
    [...children.allTests()]
      .filter((test) => test.result().state === state)
      .map(({ fullName }) => `${relativeModuleId}: ${fullName}`),
  );
}

/** What each file comes to, as `countResults` counts it. */
export function countByFile(testModules) {
  return Object.fromEntries(
    testModules.map((module) => [module.relativeModuleId, countResults([module], [])]),
  );
}

/**
 * A file that cannot be loaded, a hook that throws and an error nobody caught are failures as much
 * as a test is; a test that was begun and has no result is one too.
 */
export function countResults(testModules, unhandledErrors) {
  const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
  for (const module of testModules) {
    if (module.errors().length > 0) counts.failed += 1;
    for (const suite of module.children.allSuites()) {
      if (suite.errors().length > 0) counts.failed += 1;
    }
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      counts[state === 'pending' ? 'failed' : state] += 1;
    }
  }
  return counts;
}
