import { availableParallelism } from 'node:os';
import { delimiter } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongFirst } from './scripts/test/long-first.mjs';

// What scripts/test.mjs leaves out: tests that need a browser where there is none.
const leftOut = (process.env.TESTS_LEFT_OUT ?? '').split(delimiter).filter(Boolean);
const notOurs = ['**/node_modules/**', '**/dist/**', 'data/**', ...leftOut];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongFirst },
    projects: [
      // Breaks each decision of the rules in turn.
      './mutants/vitest.config.ts',
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
        // Whole servers, fleets of them, browsers, clones: each waits for itself most of the time, so that two
        // files at a time are quicker than one after the other.
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: notOurs,
          environment: 'node',
          globalSetup: ['./server/src/testing/global-setup.ts', './e2e/built.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // As long as anything else is waited for.
          expect: { poll: { timeout: 30_000, interval: 50 } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
