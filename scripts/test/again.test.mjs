import { expect, it } from 'vitest';
import { withSecondLook, worthAnotherLook } from './again.mjs';

const of = (passed, failed, skipped = 0) => ({ passed, failed, skipped });
function run(byFile, { uncaught = 0, failedTests = [], skippedTests = [] } = {}) {
  const sum = (what) => Object.values(byFile).reduce((total, each) => total + each[what], 0);
  const counts = of(sum('passed'), sum('failed') + uncaught, sum('skipped'));
  return { ...counts, byFile, failedTests, skippedTests };
}

it('looks again at the files with failures, and at no others', () => {
  const counts = run({ 'e2e/desk/a.test.ts': of(3, 1), 'e2e/desk/b.test.ts': of(4, 0) });
  expect(worthAnotherLook(counts)).toEqual(['e2e/desk/a.test.ts']);
  expect(worthAnotherLook(run({ 'e2e/desk/b.test.ts': of(4, 0) }))).toEqual([]);
});

it('does not look again where chance found something, where much failed, or nobody knows where', () => {
  for (const file of [
    'e2e/chaos/chaos.test.ts',
    'e2e/servers/resume.test.ts',
    'e2e/resume/resume.test.ts',
    'server/src/lists/lists.property.test.ts',
  ])
    expect(worthAnotherLook(run({ [file]: of(1, 1), 'a.test.ts': of(1, 1) })), file).toEqual([]);
  const many = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`${n}.test.ts`, of(0, 1)]));
  expect(worthAnotherLook(run(many))).toEqual([]);
  expect(worthAnotherLook(run({ 'a.test.ts': of(0, 1) }, { uncaught: 1 }))).toEqual([]);
});

it('takes the second result of what was looked at again, and keeps the first of the rest', () => {
  const first = run(
    { 'a.test.ts': of(3, 1), 'b.test.ts': of(4, 0, 1) },
    { failedTests: ['a.test.ts: x'], skippedTests: ['b.test.ts: y'] },
  );
  expect(withSecondLook(first, run({ 'a.test.ts': of(4, 0) }))).toMatchObject({
    ...of(8, 0, 1),
    failedTests: [],
    skippedTests: ['b.test.ts: y'],
  });
  const still = run({ 'a.test.ts': of(2, 2) }, { failedTests: ['a.test.ts: x', 'a.test.ts: z'] });
  expect(withSecondLook(first, still)).toMatchObject({
    ...of(6, 2, 1),
    failedTests: ['a.test.ts: x', 'a.test.ts: z'],
  });
});

it('is still red where the second look ran nothing, or ended with an error nobody caught', () => {
  const first = run({ 'a.test.ts': of(3, 1) }, { failedTests: ['a.test.ts: x'] });
  expect(withSecondLook(first, run({}))).toMatchObject({
    ...of(3, 1),
    failedTests: ['a.test.ts: x'],
  });
  expect(withSecondLook(first, run({ 'a.test.ts': of(4, 0) }, { uncaught: 1 })).failed).toBe(1);
});
