import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Starts the one PostgreSQL whose template every test file clones.
const database = 'server/src/testing/global-setup.ts';
const globalSetup = existsSync(new URL(database, import.meta.url)) ? [`./${database}`] : [];

const notOurs = ['**/node_modules/**', '**/dist/**', '**/data/**', '**/tmp/**'];

export default defineConfig({
  // The widget is Preact, the desk React: tests of both compile with their own JSX.
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
          globalSetup,
          testTimeout: 10_000,
          hookTimeout: 30_000,
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
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
