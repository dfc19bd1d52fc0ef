import type { TestProject } from 'vitest/node';
import { startTestPostgres } from './database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's address at the PostgreSQL of this run; `createTestDatabase` reads it. */
    testPostgresUrl: string;
  }
}

/** One PostgreSQL for the whole run. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  project.provide('testPostgresUrl', server.adminUrl);
  return server.stop;
}
