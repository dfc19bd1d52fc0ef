import type { TestProject } from 'vitest/node';
import { startTestPostgres, type TestPostgresAddress } from './database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of this run; `createTestDatabase` reads it. */
    testPostgres: TestPostgresAddress;
  }
}

/** One PostgreSQL for the whole run. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  project.provide('testPostgres', server.address);
  return server.stop;
}
