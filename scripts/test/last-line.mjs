/**
 * What a run comes to: the line that closes it and whether it may pass. `counts` is null when the
 * runner died without telling; nothing run is a failure, for then nothing was shown. `allMustRun`: one
 * that was skipped is a failure as well, as where the machine was set up for all of them.
 */
export function verdict({ counts, runnerPassed, allMustRun = false }) {
  if (counts === null) return { ok: false, line: line({ passed: 0, failed: 1, skipped: 0 }) };
  const ran = counts.passed + counts.failed;
  const unexplained = counts.failed === 0 && (ran === 0 || !runnerPassed);
  const told = unexplained ? { ...counts, failed: 1 } : counts;
  const isWhole = !allMustRun || counts.skipped === 0;
  return { ok: told.failed === 0 && isWhole, line: line(told) };
}

function line({ passed, failed, skipped }) {
  const end = skipped > 0 ? `, ${skipped} skipped` : '';
  return `${passed} passed, ${failed} failed${end}`;
}
