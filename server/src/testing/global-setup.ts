import type { TestProject } from 'vitest/node';
import { startTestPostgres } from './database.ts';

/** One PostgreSQL for the whole run. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  project.provide('testPostgres', server.address);
  return server.stop;
}
