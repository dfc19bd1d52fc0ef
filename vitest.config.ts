import { availableParallelism } from 'node:os';
import { delimiter } from 'node:path';
import { defineConfig } from 'vitest/config';

// What scripts/test.mjs leaves out: tests that need a browser where there is none.
const leftOut = (process.env.TESTS_LEFT_OUT ?? '').split(delimiter).filter(Boolean);
const notOurs = ['**/node_modules/**', '**/dist/**', 'data/**', ...leftOut];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{contract,sdk,server,desk,widget}/src/**/*.test.{ts,tsx}',
            'scripts/**/*.test.{ts,mjs}',
          ],
          exclude: notOurs,
          environment: 'node',
          // Starts the one PostgreSQL whose template every test file clones.
          globalSetup: ['./server/src/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole servers and browsers: one file at a time, after the units have left the machine.
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: notOurs,
          environment: 'node',
          globalSetup: ['./server/src/testing/global-setup.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
