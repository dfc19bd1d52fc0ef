import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { newId } from '../ids.ts';
import { connect, type Pool } from '../store/connect.ts';
import { Jobs } from './jobs.ts';
import { enterJobs } from './sql.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = connect(database.url, { max: 2, name: 'test' });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it('a job whose failure is told with what no database holds fails for good like any other', async () => {
  const kind = {
    kind: 'letter',
    attempts: 1,
    run: () => Promise.reject(new Error('the other side said no\0thing')),
  };
  const troubles: string[] = [];
  const onTrouble = (_error: unknown, what: string) => void troubles.push(what);
  const jobs = new Jobs({ pool, kinds: [kind], onTrouble, pollMs: 2 ** 30 });
  await enterJobs(pool, newId(Date.now()), [{ kind: 'letter', key: 'a', input: {} }]);
  await jobs.work();
  await jobs.close();
  const [row] = await pool`select error, failed_at is not null as "hasFailed" from jobs`;
  expect(row).toEqual({ error: 'Error: the other side said nothing', hasFailed: true });
  expect(troubles).toEqual(['job letter, attempt 1']);
});
