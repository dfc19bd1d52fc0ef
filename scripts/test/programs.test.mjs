import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { repository } from '../check/run.mjs';
import { missingPrograms } from './programs.mjs';

const nowhere = { PATH: path.join(repository, 'no-such-folder') };

it('asks for nothing that no asked test wants', () => {
  expect(missingPrograms(() => false, nowhere)).toEqual([]);
});

it('knows tests that exist', () => {
  const tests = missingPrograms((test) => {
    expect(existsSync(path.join(repository, test)), test).toBe(true);
    return true;
  }, nowhere).flatMap((program) => program.tests);
  expect(tests.every((test) => test.endsWith('.test.ts'))).toBe(true);
});
