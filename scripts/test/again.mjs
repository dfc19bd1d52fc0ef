/** What blows or histories at random found once is found, whether or not they find it again. */
const byChance = /\/(chaos|resume|servers|fold)\/|\.property\.test\./;
const MOST = 4;

/**
 * The files with failures that are worth another look, alone: a few, none that searches by chance, and nothing that
 * failed outside of a file. An overloaded machine makes a browser miss a moment; a defect shows again.
 */
export function worthAnotherLook(counts) {
  const failing = Object.entries(counts.byFile).filter(([, { failed }]) => failed > 0);
  const inFiles = failing.reduce((sum, [, { failed }]) => sum + failed, 0);
  const isWorth =
    failing.length > 0 &&
    failing.length <= MOST &&
    inFiles === counts.failed &&
    failing.every(([file]) => !byChance.test(`/${file}`));
  return isWorth ? failing.map(([file]) => file) : [];
}

/** The counts of a run when those of some of its files are taken from another. A file that did not run there keeps its own. */
export function withSecondLook(first, second) {
  const byFile = { ...first.byFile, ...second.byFile };
  const sum = (of) => Object.values(byFile).reduce((total, each) => total + each[of], 0);
  const again = (file) => Object.hasOwn(second.byFile, file);
  const uncaught = Object.values(second.byFile).reduce(
    (rest, { failed }) => rest - failed,
    second.failed,
  );
  return {
    passed: sum('passed'),
    failed: sum('failed') + uncaught,
    skipped: sum('skipped'),
    byFile,
    skippedTests: [
      ...first.skippedTests.filter((name) => !again(name.split(': ')[0])),
      ...second.skippedTests,
    ],
    failedTests: [
      ...first.failedTests.filter((name) => !again(name.split(': ')[0])),
      ...second.failedTests,
    ],
  };
}
